package dev.cloze.runtime.backbone.encoder;

import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamily;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.TiedHead;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;

/** An architecture of encoders with masked-LM heads: a configuration and a table of names. */
public interface EncoderFamily extends BackboneFamily {

    /** The configuration, from config.json. */
    EncoderConfig config(JsonObject json);

    /** The published names of the weights of this configuration, with the base model's prefix ({@code bert.}). */
    EncoderWeights weights(EncoderConfig config, JsonObject json);

    /** What its published sequence classifiers put on top of it. */
    ClassifierHead classifier(JsonObject json);

    /** The published name of the head's matrix, which is the word embedding in most models. */
    String headName();

    /** Whether training drops of what a layer's attention adds. */
    default boolean dropsAfterAttention() {
        return true;
    }

    /** Whether training drops of what a layer's feed-forward adds. */
    default boolean dropsAfterFeed() {
        return true;
    }

    @Override
    default Backbone load(String model, JsonObject config, Checkpoint checkpoint, ComputeDevice device) {
        return Encoder.load(architecture(model, config, checkpoint), checkpoint, model, device);
    }

    /** What config.json says, but for a head that is one of its own against it. */
    private EncoderArchitecture architecture(String model, JsonObject config, Checkpoint checkpoint) {
        EncoderArchitecture said = EncoderArchitecture.of(this, config);
        if (!said.config().tied()) {
            return said;
        }
        String embedding =
                said.weights().embedding().get(0).orElseThrow().parts().get(0);
        return EncoderArchitecture.of(this, TiedHead.resolve(model, config, this, checkpoint, embedding, headName()));
    }
}
