package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which language model a task uses and how it is tuned.
 *
 * <p>What is left out is chosen by the tuning method; {@code TrainingOptions} of the runtime can still change it for one
 * run. The options are declared in {@link dev.cloze.annotations.option.TuningOptions}, whose ranges are checked.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Tuning {

    /** The name of the model that is used when none is given. */
    String DEFAULT_BACKBONE = "cloze-small-en";

    /**
     * The name of the model that is used instead when none is given and speed matters more than accuracy: at run time with the
     * system property {@code cloze.quick}, in the compiler's checks with the option {@code -Acloze.quick}.
     */
    String QUICK_BACKBONE = "cloze-tiny-en";

    /** Tokens an input may have where {@link #maxLength} is not given and the model reads as many, as in PET and LM-BFF. */
    int USUAL_LENGTH = 256;

    /** The tuning method. */
    TuningMethod method() default TuningMethod.PROMPT_FINE_TUNING;

    /**
     * A model's name ({@code bert-base-uncased}, {@code FacebookAI/roberta-base}), as the runtime resolves it; a decoder or
     * T5 where a text is to be written, which the default model cannot do. A branch, a tag or a commit of the hub may stand behind
     * an {@code @}, as in {@code FacebookAI/roberta-base@v1.0}, to have that revision and no other.
     *
     * <p>A task that leaves it out uses {@value #DEFAULT_BACKBONE}, and {@value #QUICK_BACKBONE} where the runtime is started
     * with {@code -Dcloze.quick}; one that names the default uses it always.
     */
    String backbone() default DEFAULT_BACKBONE;

    /** How many virtual tokens a soft prompt has; soft methods only. */
    int promptLength() default 0;

    /** The peak learning rate, above 0 and at most 1; the method has one of its own. */
    double learningRate() default 0;

    /** Examples in one optimizer step, 1 to 1024; 8 if left out. */
    int batchSize() default 0;

    /** Optimizer steps, 1 to 1,000,000; 1,000 if left out. */
    int maxSteps() default 0;

    /**
     * Tokens an encoded input may have, special tokens included, 8 to the model's maximum; {@value #USUAL_LENGTH} or what the model
     * reads if left out, 512 with {@code LM_BFF} and {@code IN_CONTEXT}.
     */
    int maxLength() default 0;

    /** True keeps the language model's weights as they are, which only soft methods can use. */
    boolean freezeBackbone() default false;

    /** What tuning makes small; methods that tune by label words at the mask only. */
    LabelLoss loss() default LabelLoss.CROSS_ENTROPY;

    /**
     * In which numbers the model's layers multiply, in training and afterwards; the system property {@code cloze.precision} wins where it
     * is set.
     */
    Precision precision() default Precision.FLOAT32;

    /** Whom to follow where a paper and its authors' code differ. */
    Compat compat() default Compat.PAPER;
}
