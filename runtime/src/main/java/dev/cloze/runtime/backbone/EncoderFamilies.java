package dev.cloze.runtime.backbone;

import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The families on the class path, by {@code model_type}. */
public final class EncoderFamilies {

    private EncoderFamilies() {}

    /** The family that reads this config.json. */
    public static EncoderFamily of(String model, JsonObject config) {
        String type = new ConfigReader(config).text("model_type", "");
        List<EncoderFamily> families =
                ServiceLoader.load(EncoderFamily.class, EncoderFamilies.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        for (EncoderFamily family : families) {
            if (family.modelTypes().contains(type)) {
                return family;
            }
        }
        TreeSet<String> known = new TreeSet<>();
        families.forEach(family -> known.addAll(family.modelTypes()));
        throw new ClozeException(
                Problem.MODEL_UNSUPPORTED,
                (type.isEmpty()
                                ? "The config.json of " + model + " has no model_type."
                                : "The model " + model + " is of type " + type
                                        + ", which has no masked-LM backbone here.")
                        + "\n  There are backbones for: " + String.join(", ", known) + ".");
    }
}
