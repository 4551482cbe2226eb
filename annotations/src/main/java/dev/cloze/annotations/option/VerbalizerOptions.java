package dev.cloze.annotations.option;

import dev.cloze.annotations.Verbalizer;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import java.util.List;
import java.util.Optional;

/** The options that {@link Verbalizer} has beside words and labels, by the names of its members. */
public final class VerbalizerOptions {

    /** How scores of labels come from what is said at the mask. */
    public static final Option<VerbalizerKind> KIND = Option.<VerbalizerKind>of(
                    "kind",
                    VerbalizerKind.class,
                    VerbalizerKind.WORDS,
                    Range.any("WORDS, SOFT, PROTOTYPES or KNOWLEDGEABLE"),
                    "How scores of labels come from what the model says at the mask.")
            .of(VerbalizerOptions::trainsLabels);

    /** What the vectors of labels start as. */
    public static final Option<Verbalizer.VectorStart> VECTOR_START = of(
            VerbalizerKind.SOFT,
            "vectorStart",
            Verbalizer.VectorStart.class,
            Verbalizer.VectorStart.LABEL_WORDS,
            Range.any("LABEL_WORDS or RANDOM"),
            "What the labels' vectors are before the first step.");

    /** Numbers of a prototype. */
    public static final Option<Integer> PROTOTYPE_SIZE = of(
            VerbalizerKind.PROTOTYPES,
            "prototypeSize",
            Integer.class,
            64,
            Range.between(1, 4096),
            "Numbers of a prototype.");

    /** Steps in which prototypes are learnt. */
    public static final Option<Integer> PROTOTYPE_STEPS = of(
            VerbalizerKind.PROTOTYPES,
            "prototypeSteps",
            Integer.class,
            null,
            Range.between(1, 100_000),
            "Steps in which prototypes and projection are learnt; 200 if left out, 5 with REFERENCE.");

    /** Whether words count beside prototypes. */
    public static final Option<Boolean> WITH_WORDS = of(
            VerbalizerKind.PROTOTYPES,
            "withWords",
            Boolean.class,
            false,
            Range.any("true or false"),
            "Whether the standard scores of prototypes and words are averaged; of three labels or more.");

    /** The share of the vocabulary that words may come from. */
    public static final Option<Double> VOCABULARY_SHARE = of(
            VerbalizerKind.KNOWLEDGEABLE,
            "vocabularyShare",
            Double.class,
            0.5,
            Range.aboveZeroTo(1),
            "The share of the vocabulary, by how much the model expects a token whatever the text is, that words may come from.");

    /** Whether words are compared with their labels. */
    public static final Option<Boolean> RELEVANCE = of(
            VerbalizerKind.KNOWLEDGEABLE,
            "relevance",
            Boolean.class,
            true,
            Range.any("true or false"),
            "Whether words are left out that tell no more of their own label's first word than of the other labels'.");

    /** The learning rate of what is the verbalizer's own. */
    public static final Option<Double> LABEL_LEARNING_RATE = Option.<Double>of(
                    "labelLearningRate",
                    Double.class,
                    null,
                    Range.aboveZeroTo(1),
                    "The peak learning rate of the labels' vectors, prototypes or words' weights.")
            .where((value, others) -> others.get(KIND) == VerbalizerKind.WORDS
                    ? Optional.of("the kind of verbalizer is WORDS, of which nothing is trained.")
                    : Optional.empty())
            .of(VerbalizerOptions::trainsLabels);

    /** All of them, in the order of the pages: the kind first, which the others depend on. */
    public static final List<Option<?>> ALL = List.of(
            KIND,
            VECTOR_START,
            PROTOTYPE_SIZE,
            PROTOTYPE_STEPS,
            WITH_WORDS,
            VOCABULARY_SHARE,
            RELEVANCE,
            LABEL_LEARNING_RATE);

    private VerbalizerOptions() {}

    /** The option of this name, if there is one. */
    public static Optional<Option<?>> named(String name) {
        return ALL.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /** Whether a method trains what a verbalizer has of its own: it answers at the mask, and its models are what answers. */
    private static boolean trainsLabels(MethodTraits row) {
        return row.kind() == TaskKind.CLASSIFICATION && row.readsWords() && row.inSteps() && !row.unlabeledTexts();
    }

    private static <T> Option<T> of(
            VerbalizerKind kind,
            String name,
            Class<? super T> type,
            @org.jspecify.annotations.Nullable T usual,
            Range<T> range,
            String meaning) {
        return Option.of(name, type, usual, range, meaning)
                .where((value, others) -> others.get(KIND) == kind
                        ? Optional.<String>empty()
                        : Optional.of("it belongs to kind = " + kind + ", and the kind of verbalizer is "
                                + others.get(KIND) + "."))
                .of(VerbalizerOptions::trainsLabels);
    }
}
