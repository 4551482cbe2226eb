package dev.cloze.processor.vocabulary;

import dev.cloze.annotations.method.BackboneKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a model does with a text, by the {@code model_type} of its config.json: the one table a new backbone adds to. */
public enum Architecture {
    /** Reads both sides of a mask and fills it. */
    ENCODER("an encoder", "bert", "roberta", "xlm-roberta", "camembert", "albert", "distilbert"),
    /** Reads from left to right and writes what comes next. */
    DECODER("a decoder", "gpt2", "llama", "qwen2", "qwen3", "mistral"),
    /** Reads a text, both sides of its masks, and then writes. */
    ENCODER_DECODER("an encoder with a decoder", "t5", "mt5", "umt5");

    private final String described;
    private final List<String> modelTypes;

    Architecture(String described, String... modelTypes) {
        this.described = described;
        this.modelTypes = List.of(modelTypes);
    }

    /** The architecture of a model type; nothing where there is no backbone for it. */
    public static Optional<Architecture> of(String modelType) {
        return Arrays.stream(values())
                .filter(one -> one.modelTypes.contains(modelType))
                .findFirst();
    }

    /** The model types there are backbones for. */
    public static List<String> allModelTypes() {
        return Arrays.stream(values()).flatMap(one -> one.modelTypes.stream()).toList();
    }

    /** Those of models that write text. */
    public static List<String> modelTypesThatWrite() {
        return Arrays.stream(values())
                .filter(Architecture::writesText)
                .flatMap(one -> one.modelTypes.stream())
                .toList();
    }

    /** {@code bert, roberta}: the model types of these kinds, in the order of the table. */
    public static String modelTypes(Set<BackboneKind> kinds) {
        return Arrays.stream(values())
                .filter(one -> kinds.contains(BackboneKind.valueOf(one.name())))
                .flatMap(one -> one.modelTypes.stream())
                .collect(Collectors.joining(", "));
    }

    /** Whether such a model writes text of its own. */
    public boolean writesText() {
        return this != ENCODER;
    }

    /** {@code a decoder}. */
    public String described() {
        return described;
    }
}
