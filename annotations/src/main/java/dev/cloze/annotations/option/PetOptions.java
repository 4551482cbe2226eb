package dev.cloze.annotations.option;

import dev.cloze.annotations.Combination;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTraits;
import java.util.List;
import java.util.function.Predicate;

/**
 * The options of PET and iPET, by the names of the members of {@link dev.cloze.annotations.Pet} and {@link
 * dev.cloze.annotations.Ipet}. Defaults: Schick and Schütze 2021, arXiv 2001.07676, section 4, and their code.
 */
public final class PetOptions {

    private static final Predicate<MethodTraits> BOTH =
            row -> row.method() == TuningMethod.PET || row.method() == TuningMethod.IPET;
    private static final Predicate<MethodTraits> ITERATED = row -> row.method() == TuningMethod.IPET;

    /** Fewer models of iPET leave none of the others to label a model's examples, as round(0.25 * 2) is 0. */
    public static final int FEWEST_MODELS = 4;

    /** Models of a template. */
    public static final Option<Integer> REPETITIONS = Option.<Integer>of(
                    "repetitions", Integer.class, 3, Range.between(1, 100), "Models of each template.")
            .of(BOTH);

    /** How models count. */
    public static final Option<Combination> COMBINATION = Option.<Combination>of(
                    "combination",
                    Combination.class,
                    Combination.WEIGHTED,
                    Range.any("UNIFORM or WEIGHTED"),
                    "How much each model counts in the soft labels.")
            .of(BOTH);

    /** The masked-LM loss. */
    public static final Option<Double> AUXILIARY_WEIGHT = Option.<Double>of(
                    "auxiliaryWeight",
                    Double.class,
                    0.0,
                    Range.zeroToBelow(1),
                    "The share of the masked-LM loss on unlabelled texts in each model's loss; 0 is none, the paper's is"
                            + " 0.0001.")
            .of(BOTH);

    /** Steps of the classifier. */
    public static final Option<Integer> DISTILLATION_STEPS = Option.<Integer>of(
                    "distillationSteps",
                    Integer.class,
                    5000,
                    Range.between(1, 1_000_000),
                    "Optimizer steps of the classifier that learns from soft labels.")
            .of(BOTH);

    /** Texts in a step of the classifier. */
    public static final Option<Integer> DISTILLATION_BATCH_SIZE = Option.<Integer>of(
                    "distillationBatchSize",
                    Integer.class,
                    16,
                    Range.between(1, 1024),
                    "Unlabelled texts in one step of the classifier.")
            .of(BOTH);

    /** The temperature. */
    public static final Option<Double> TEMPERATURE = Option.<Double>of(
                    "temperature",
                    Double.class,
                    2.0,
                    Range.aboveZeroTo(100),
                    "What scores are divided by before the classifier learns from them.")
            .of(BOTH);

    /** Generations. */
    public static final Option<Integer> GENERATIONS = Option.<Integer>of(
                    "generations", Integer.class, 3, Range.between(1, 20), "Generations of models.")
            .of(ITERATED);

    /** Those who label. */
    public static final Option<Double> MODELS_SHARE = Option.<Double>of(
                    "modelsShare",
                    Double.class,
                    0.25,
                    Range.aboveZeroTo(1),
                    "The share of the other models that label a model's new examples.")
            .of(ITERATED);

    /** How training sets grow. */
    public static final Option<Double> GROWTH = Option.<Double>of(
                    "growth",
                    Double.class,
                    5.0,
                    new Range<>("above 1, at most 100", value -> value > 1 && value <= 100),
                    "How many times larger the training set of each generation is than the one before.")
            .of(ITERATED);

    /** Those of PET, in the order of their page. */
    public static final List<Option<?>> ALL = List.of(
            REPETITIONS, COMBINATION, AUXILIARY_WEIGHT, DISTILLATION_STEPS, DISTILLATION_BATCH_SIZE, TEMPERATURE);

    /** Those of iPET, in the order of their page. */
    public static final List<Option<?>> ITERATED_ALL = List.of(
            REPETITIONS,
            COMBINATION,
            AUXILIARY_WEIGHT,
            GENERATIONS,
            MODELS_SHARE,
            GROWTH,
            DISTILLATION_STEPS,
            DISTILLATION_BATCH_SIZE,
            TEMPERATURE);

    private PetOptions() {}
}
