package dev.cloze.runtime.backbone;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import java.util.List;

/** An activation function, by the names Hugging Face configurations use. */
public enum Activation {
    /** The exact Gaussian error linear unit. */
    GELU("gelu", "gelu_python"),
    /** Its tanh approximation. */
    GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_fast"),
    /** max(0, x). */
    RELU("relu"),
    /** x times its sigmoid. */
    SILU("silu", "swish");

    private final List<String> names;

    Activation(String... names) {
        this.names = List.of(names);
    }

    /** The name the kernels use. */
    public String inKernels() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The activation of that name in a config.json under that key. */
    public static Activation parse(String key, String name) {
        for (Activation activation : values()) {
            if (activation.names.contains(name)) {
                return activation;
            }
        }
        List<String> known = java.util.Arrays.stream(values())
                .flatMap(activation -> activation.names.stream())
                .toList();
        throw new ClozeException(
                Problem.MODEL_CONFIG,
                "config.json asks for " + key + " \"" + name
                        + "\", an activation this version doesn't have.\n  It has: " + String.join(", ", known) + ". "
                        + NearestName.suggestion(name, known));
    }
}
