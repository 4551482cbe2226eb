package dev.cloze.runtime.backbone.decoder;

import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.BackboneFamily;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;

/** An architecture of decoders with language-model heads: a configuration and a table of names. */
public interface DecoderFamily extends BackboneFamily {

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
        return Decoder.load(DecoderArchitecture.of(this, config), checkpoint, model, device);
    }
}
