package dev.cloze.annotations.method;

import static dev.cloze.annotations.method.BackboneKind.DECODER;
import static dev.cloze.annotations.method.BackboneKind.ENCODER;
import static dev.cloze.annotations.method.BackboneKind.ENCODER_DECODER;
import static dev.cloze.annotations.method.MethodTrait.IN_STEPS;
import static dev.cloze.annotations.method.MethodTrait.PREFIXES;
import static dev.cloze.annotations.method.MethodTrait.PROMPT_LENGTH;
import static dev.cloze.annotations.method.MethodTrait.SEVERAL_TEMPLATES;
import static dev.cloze.annotations.method.MethodTrait.UNLABELED_TEXTS;
import static dev.cloze.annotations.method.MethodTrait.UNTRAINED;
import static dev.cloze.annotations.method.MethodTrait.VIRTUAL_TOKENS;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.MultitaskOptions;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.PrefixOptions;
import dev.cloze.annotations.option.PromptTuningOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What there is to know of every method before it runs, one row for each kind of task it serves. The compiler's checks and
 * the runtime's read these rows alone, so that they can't disagree.
 */
public final class MethodTable {

    private static final String VIRTUAL_TOKENS_ALONE = "virtual tokens before the input, and nothing else";

    private static final String VIRTUAL_TOKENS_AMONG_WORDS =
            "virtual tokens among the words, and the model's weights unless they are frozen";

    private static final String PREFIXES_ALONE = "keys and values of virtual tokens in every layer, and nothing else";

    private static final Set<BackboneKind> EVERY = Set.of(ENCODER, DECODER, ENCODER_DECODER);

    private static final List<MethodTraits> ROWS = List.of(
            new MethodTraits(
                    TuningMethod.PROMPT_FINE_TUNING,
                    TaskKind.CLASSIFICATION,
                    "all weights of the model",
                    Reading.TEMPLATE,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(SEVERAL_TEMPLATES, UNTRAINED, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PET,
                    TaskKind.CLASSIFICATION,
                    "a model for each template, and from their labels one classifier",
                    Reading.TEMPLATE,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(UNLABELED_TEXTS, SEVERAL_TEMPLATES, UNTRAINED, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.IPET,
                    TaskKind.CLASSIFICATION,
                    "generations of a model for each template, and from their labels one classifier",
                    Reading.TEMPLATE,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(UNLABELED_TEXTS, SEVERAL_TEMPLATES, UNTRAINED, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PROMPT_FINE_TUNING,
                    TaskKind.TEXT,
                    "all weights of the model",
                    Reading.TEMPLATE,
                    Freezing.NEVER,
                    Set.of(DECODER, ENCODER_DECODER),
                    Set.of(UNTRAINED, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PROMPT_FINE_TUNING,
                    TaskKind.REGRESSION,
                    "all weights of the model",
                    Reading.TEMPLATE,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(UNTRAINED, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PROMPT_FINE_TUNING,
                    TaskKind.EXTRACTION,
                    "all weights of the model",
                    Reading.TEMPLATE,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(UNTRAINED, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PROMPT_FINE_TUNING,
                    TaskKind.CLOZE,
                    "all weights of the model",
                    Reading.TEMPLATE,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(SEVERAL_TEMPLATES, UNTRAINED, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.IN_CONTEXT,
                    TaskKind.CLASSIFICATION,
                    "nothing",
                    Reading.TEMPLATE,
                    Freezing.ALWAYS,
                    EVERY,
                    Set.of(UNTRAINED)),
            new MethodTraits(
                    TuningMethod.LM_BFF,
                    TaskKind.CLASSIFICATION,
                    "all weights of the model",
                    Reading.TEMPLATE,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(SEVERAL_TEMPLATES, UNTRAINED, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.LM_BFF,
                    TaskKind.REGRESSION,
                    "all weights of the model",
                    Reading.TEMPLATE,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(UNTRAINED, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.TF_IDF,
                    TaskKind.CLASSIFICATION,
                    "a linear classifier of words",
                    Reading.PLACEHOLDERS,
                    Freezing.ALWAYS,
                    Set.of(),
                    Set.of()),
            new MethodTraits(
                    TuningMethod.LSTM,
                    TaskKind.CLASSIFICATION,
                    "word vectors and a bidirectional LSTM",
                    Reading.PLACEHOLDERS,
                    Freezing.ALWAYS,
                    Set.of(),
                    Set.of(IN_STEPS)),
            new MethodTraits(
                    TuningMethod.FINE_TUNING,
                    TaskKind.CLASSIFICATION,
                    "a classification head and all weights below it",
                    Reading.PLACEHOLDERS,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(IN_STEPS)),
            new MethodTraits(
                    TuningMethod.FINE_TUNING,
                    TaskKind.REGRESSION,
                    "a head of one number and all weights below it",
                    Reading.PLACEHOLDERS,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(IN_STEPS)),
            new MethodTraits(
                    TuningMethod.FINE_TUNING,
                    TaskKind.EXTRACTION,
                    "a head that tags tokens and all weights below it",
                    Reading.PLACEHOLDERS,
                    Freezing.NEVER,
                    Set.of(ENCODER),
                    Set.of(IN_STEPS)),
            new MethodTraits(
                    TuningMethod.SETFIT,
                    TaskKind.CLASSIFICATION,
                    "all weights as a sentence encoder's, and a logistic regression of its vectors",
                    Reading.PLACEHOLDERS,
                    Freezing.NEVER,
                    EVERY,
                    Set.of(IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PROMPT_TUNING,
                    TaskKind.CLASSIFICATION,
                    VIRTUAL_TOKENS_ALONE,
                    Reading.TEMPLATE,
                    Freezing.ALWAYS,
                    EVERY,
                    Set.of(PROMPT_LENGTH, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PROMPT_TUNING,
                    TaskKind.TEXT,
                    VIRTUAL_TOKENS_ALONE,
                    Reading.TEMPLATE,
                    Freezing.ALWAYS,
                    Set.of(DECODER, ENCODER_DECODER),
                    Set.of(PROMPT_LENGTH, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PROMPT_TUNING,
                    TaskKind.CLOZE,
                    VIRTUAL_TOKENS_ALONE,
                    Reading.TEMPLATE,
                    Freezing.ALWAYS,
                    EVERY,
                    Set.of(PROMPT_LENGTH, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.P_TUNING,
                    TaskKind.CLASSIFICATION,
                    VIRTUAL_TOKENS_AMONG_WORDS,
                    Reading.TEMPLATE,
                    Freezing.CHOICE,
                    EVERY,
                    Set.of(VIRTUAL_TOKENS, PROMPT_LENGTH, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.P_TUNING,
                    TaskKind.TEXT,
                    VIRTUAL_TOKENS_AMONG_WORDS,
                    Reading.TEMPLATE,
                    Freezing.CHOICE,
                    Set.of(DECODER, ENCODER_DECODER),
                    Set.of(VIRTUAL_TOKENS, PROMPT_LENGTH, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.P_TUNING,
                    TaskKind.CLOZE,
                    VIRTUAL_TOKENS_AMONG_WORDS,
                    Reading.TEMPLATE,
                    Freezing.CHOICE,
                    EVERY,
                    Set.of(VIRTUAL_TOKENS, PROMPT_LENGTH, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PREFIX_TUNING,
                    TaskKind.CLASSIFICATION,
                    PREFIXES_ALONE,
                    Reading.TEMPLATE,
                    Freezing.ALWAYS,
                    EVERY,
                    Set.of(PREFIXES, PROMPT_LENGTH, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PREFIX_TUNING,
                    TaskKind.TEXT,
                    PREFIXES_ALONE,
                    Reading.TEMPLATE,
                    Freezing.ALWAYS,
                    Set.of(DECODER, ENCODER_DECODER),
                    Set.of(PREFIXES, PROMPT_LENGTH, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.PREFIX_TUNING,
                    TaskKind.CLOZE,
                    PREFIXES_ALONE,
                    Reading.TEMPLATE,
                    Freezing.ALWAYS,
                    EVERY,
                    Set.of(PREFIXES, PROMPT_LENGTH, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.P_TUNING_V2,
                    TaskKind.CLASSIFICATION,
                    "keys and values of virtual tokens in every layer, and a classification head",
                    Reading.PLACEHOLDERS,
                    Freezing.ALWAYS,
                    EVERY,
                    Set.of(PREFIXES, PROMPT_LENGTH, IN_STEPS)),
            new MethodTraits(
                    TuningMethod.P_TUNING_V2,
                    TaskKind.EXTRACTION,
                    "keys and values of virtual tokens in every layer, and a head that tags tokens",
                    Reading.PLACEHOLDERS,
                    Freezing.ALWAYS,
                    Set.of(ENCODER),
                    Set.of(PREFIXES, PROMPT_LENGTH, IN_STEPS)),
            shared(TaskKind.CLASSIFICATION, EVERY),
            shared(TaskKind.TEXT, Set.of(DECODER, ENCODER_DECODER)),
            shared(TaskKind.CLOZE, EVERY));

    /** What promptLength is where nobody writes it. */
    private static final Map<TuningMethod, Integer> USUAL_PROMPT_LENGTH = Map.of(
            TuningMethod.PROMPT_TUNING, PromptTuningOptions.USUAL_LENGTH,
            TuningMethod.PREFIX_TUNING, PrefixOptions.USUAL_LENGTH,
            TuningMethod.P_TUNING_V2, PrefixOptions.DEEP_USUAL_LENGTH,
            TuningMethod.MULTITASK_PROMPT_TUNING, MultitaskOptions.USUAL_LENGTH);

    private MethodTable() {}

    private static MethodTraits shared(TaskKind kind, Set<BackboneKind> backbones) {
        return new MethodTraits(
                TuningMethod.MULTITASK_PROMPT_TUNING,
                kind,
                "virtual tokens before the input, shared by tasks times a matrix of their own, and nothing else",
                Reading.TEMPLATE,
                Freezing.ALWAYS,
                backbones,
                Set.of(PROMPT_LENGTH, IN_STEPS));
    }

    /** Every row. */
    public static List<MethodTraits> rows() {
        return ROWS;
    }

    /** The row of a method where it serves this kind of task; nothing where it doesn't. */
    public static Optional<MethodTraits> find(TuningMethod method, TaskKind kind) {
        return ROWS.stream()
                .filter(row -> row.method() == method && row.kind() == kind)
                .findFirst();
    }

    /**
     * The row of a method that serves this kind of task.
     *
     * @throws IllegalArgumentException where it doesn't
     */
    public static MethodTraits of(TuningMethod method, TaskKind kind) {
        return find(method, kind).orElseThrow(() -> new IllegalArgumentException(method + " does not serve " + kind));
    }

    /** Whether the method has virtual tokens to train, in any kind of task. */
    public static boolean hasVirtualTokens(TuningMethod method) {
        return ROWS.stream().anyMatch(row -> row.method() == method && row.virtualTokens());
    }

    /** What promptLength is for this method where nobody writes it; empty where it has none, or somebody must. */
    public static OptionalInt usualPromptLength(TuningMethod method) {
        Integer usual = USUAL_PROMPT_LENGTH.get(method);
        return usual == null ? OptionalInt.empty() : OptionalInt.of(usual);
    }

    /** The sentence that names the methods with virtual tokens in the template. */
    public static String withVirtualTokens() {
        String names = names(MethodTraits::virtualTokens);
        return names.isEmpty() ? "No method of this version trains any." : "They are trained by " + names + ".";
    }

    /** The sentence that names the methods that take several templates of tasks of this kind. */
    public static String takingSeveralTemplates(TaskKind kind) {
        String names = names(row -> row.kind() == kind && row.severalTemplates());
        return names.isEmpty()
                ? "Of a task that " + kind.described() + ", no method of this version does."
                : "Those are " + names + ".";
    }

    /** The sentence that names the methods that have this option. */
    public static String having(Option<?> option) {
        String names = names(option::isOf);
        return names.isEmpty() ? "No method of this version has it." : "It belongs to " + names + ".";
    }

    /** The names of the methods with such a row, in the order of the table. */
    public static String names(Predicate<MethodTraits> which) {
        return ROWS.stream()
                .filter(which)
                .map(row -> row.method().name())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
