package dev.cloze.runtime.backbone.encoder;

import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.BackboneFamilies;

/** Architectures of encoders by their config.json alone. */
public final class Architectures {

    private Architectures() {}

    public static EncoderArchitecture of(String model, JsonObject config) {
        return EncoderArchitecture.of((EncoderFamily) BackboneFamilies.of(model, config), config);
    }
}
