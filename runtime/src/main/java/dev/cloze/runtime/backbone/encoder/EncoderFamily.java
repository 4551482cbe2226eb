package dev.cloze.runtime.backbone.encoder;

import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamily;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;

/** An architecture of encoders with masked-LM heads: a configuration and a table of names. */
public interface EncoderFamily extends BackboneFamily {

    /** The configuration, from config.json. */
    EncoderConfig config(JsonObject json);

    /** The published names of the weights of this configuration, with the base model's prefix ({@code bert.}). */
    EncoderWeights weights(EncoderConfig config, JsonObject json);

    @Override
    default Backbone load(String model, JsonObject config, Checkpoint checkpoint, ComputeDevice device) {
        return Encoder.load(EncoderArchitecture.of(this, config), checkpoint, model, device);
    }
}
