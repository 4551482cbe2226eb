package dev.cloze.runtime.backbone.decoder;

import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.BackboneFamily;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TiedHead;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;

/** An architecture of decoders with language-model heads: a configuration and a table of names. */
public interface DecoderFamily extends BackboneFamily {

    /** The published name of the head's matrix, where it isn't the word embedding. */
    String HEAD = "lm_head.weight";

    /** The configuration, from config.json. */
    DecoderConfig config(JsonObject json);

    /** The published names of the weights of this configuration, with the base model's prefix ({@code model.}). */
    DecoderWeights weights(DecoderConfig config, JsonObject json);

    @Override
    default String head() {
        return "the language-model head, without which no next token can be predicted";
    }

    @Override
    default TextBackbone load(String model, JsonObject config, Checkpoint checkpoint, ComputeDevice device) {
        return Decoder.load(architecture(model, config, checkpoint), checkpoint, model, device);
    }

    /** What config.json says, but for a head that is one of its own against it. */
    private DecoderArchitecture architecture(String model, JsonObject config, Checkpoint checkpoint) {
        DecoderArchitecture said = DecoderArchitecture.of(this, config);
        if (!said.config().tied()) {
            return said;
        }
        String embedding =
                said.weights().embedding().get(0).orElseThrow().parts().get(0);
        return DecoderArchitecture.of(this, TiedHead.resolve(model, config, this, checkpoint, embedding, HEAD));
    }
}
