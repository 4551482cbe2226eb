package dev.cloze.runtime.backbone;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.config.ConfigKeys;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.vocabulary.folder.ModelType;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The families on the class path, by {@code model_type}. */
public final class BackboneFamilies {

    private static final String OF_BYTES = "ByT5Tokenizer";

    private BackboneFamilies() {}

    /** Reads a model folder's weights onto the device. */
    public static Backbone load(ModelFolder model, ComputeDevice device) {
        JsonObject config = model.configWithTextBounds();
        BackboneFamily family = of(model.name(), config);
        ConfigKeys keys = keys(model.name(), config);
        keys.report();
        model.generationKeys().ifPresent(ConfigKeys::report);
        try (Checkpoint checkpoint = Checkpoint.open(model.path())) {
            JsonObject named = keys.underOneName();
            ConfigSizes.check(named, checkpoint);
            return family.load(model.name(), named, checkpoint, device);
        }
    }

    /** Its keys, by the type that it says or that its architectures say. */
    private static ConfigKeys keys(String model, JsonObject config) {
        JsonObject typed = config.deepCopy();
        ModelType.of(config).ifPresent(type -> typed.addProperty("model_type", type));
        return ConfigKeys.ofModel(model, typed);
    }

    /** The family that reads this config.json; MODEL_UNSUPPORTED if none does, or none computes what it asks for. */
    public static BackboneFamily of(String model, JsonObject config) {
        String type = ModelType.of(config).orElse("");
        List<BackboneFamily> families =
                ServiceLoader.load(BackboneFamily.class, BackboneFamilies.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        for (BackboneFamily family : families) {
            if (family.modelTypes().contains(type)) {
                keys(model, config).refuse();
                refuseBytes(model, config);
                return family;
            }
        }
        TreeSet<String> known = new TreeSet<>();
        families.forEach(family -> known.addAll(family.modelTypes()));
        throw new ClozeException(
                Problem.MODEL_UNSUPPORTED,
                (type.isEmpty()
                                ? nameless(model)
                                : "The model " + model + " is of type " + type + ", which has no backbone here.")
                        + "\n  There are backbones for: " + String.join(", ", known) + ".");
    }

    /** Some T5s have no vocabulary: a token is a byte. Whoever looks for their tokenizer's file finds none anywhere. */
    private static void refuseBytes(String model, JsonObject config) {
        if (config.get("tokenizer_class") instanceof JsonPrimitive name
                && name.getAsString().equals(OF_BYTES)) {
            throw new ClozeException(
                    Problem.MODEL_UNSUPPORTED,
                    "The config.json of " + model + " names the tokenizer " + OF_BYTES
                            + ", which makes a token of every byte and has no file: it has no counterpart here."
                            + "\n  Take a T5 with a vocabulary, such as google/mt5-small or t5-small.");
        }
    }

    private static String nameless(String model) {
        return "The config.json of " + model + " has neither a model_type nor architectures that say it."
                + "\n  If it is a model of the hub, download its files into a folder and name the model by that folder's path."
                + "\n  Write \"model_type\": \"bert\", or whichever it is, into the config.json there.";
    }
}
