package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tunes by PET ({@link TuningMethod#PET}): a model for each template and repetition, which label texts that have no label, and
 * one classifier that learns from those. The options are declared in {@link dev.cloze.annotations.option.PetOptions}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Pet {

    /** Models of each template, which differ by the order of examples and by dropout, 1 to 100. */
    int repetitions() default 3;

    /** How much each model counts in the soft labels. */
    Combination combination() default Combination.WEIGHTED;

    /** The share of the masked-LM loss on unlabelled texts in each model's loss, 0 to below 1; the paper's is 0.0001. */
    double auxiliaryWeight() default 0;

    /** Optimizer steps of the classifier, 1 to 1,000,000. */
    int distillationSteps() default 5000;

    /** Unlabelled texts in one step of the classifier, 1 to 1024. */
    int distillationBatchSize() default 16;

    /** What scores are divided by before the classifier learns from them, above 0, at most 100. */
    double temperature() default 2;
}
