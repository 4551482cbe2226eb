package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tunes by iPET ({@link TuningMethod#IPET}): as PET, but in generations, whose models learn from what those before them said of
 * texts without a label. The options are declared in {@link dev.cloze.annotations.option.PetOptions}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Ipet {

    /** Models of each template, which differ by what they learn from, by order and by dropout, 1 to 100. */
    int repetitions() default 3;

    /** How much each model counts in labels; without labelled examples all count the same. */
    Combination combination() default Combination.WEIGHTED;

    /** The share of the masked-LM loss on unlabelled texts in each model's loss, 0 to below 1; the paper's is 0.0001. */
    double auxiliaryWeight() default 0;

    /** Generations of models, 1 to 20. */
    int generations() default 3;

    /** The share of the other models that label a model's new examples, above 0, at most 1. */
    double modelsShare() default 0.25;

    /** How many times larger the training set of each generation is than the one before, above 1, at most 100. */
    double growth() default 5;

    /** Optimizer steps of the classifier, 1 to 1,000,000. */
    int distillationSteps() default 5000;

    /** Unlabelled texts in one step of the classifier, 1 to 1024. */
    int distillationBatchSize() default 16;

    /** What scores are divided by before the classifier learns from them, above 0, at most 100. */
    double temperature() default 2;
}
