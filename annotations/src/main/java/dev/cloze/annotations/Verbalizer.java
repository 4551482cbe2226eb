package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a task a classification, which reads its answer at {@code {mask}}: names the labels and, through their words, what
 * the model says for each. Beside a placeholder like {@code {body|spans}} the labels are those of spans of that text.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Verbalizer {

    /** What the vectors of labels start as, where the kind is {@link VerbalizerKind#SOFT}. */
    enum VectorStart {
        /**
         * The mean of the vectors of a label's words in the model's head, a word of several tokens the mean of theirs; with {@link
         * Compat#REFERENCE} the first word of each label alone.
         */
        LABEL_WORDS,
        /** Random ones as long as those of words. */
        RANDOM
    }

    /** The enum whose constants are the labels, at least two; of spans, at least one. */
    Class<? extends Enum<?>> labels();

    /** Label words of this task; they win over those written on the enum's constants. */
    LabelWords[] value() default {};

    /** What becomes of a label word that is several tokens of the model's vocabulary. */
    MultiTokenWords multiTokenWords() default MultiTokenWords.JOINT;

    /** How the scores are freed from the bias the model has without any input. */
    Calibration calibration() default Calibration.NONE;

    /**
     * How scores of labels come from what the model says at the mask. All but {@link VerbalizerKind#WORDS} need a method that
     * trains at the mask itself: {@code PROMPT_FINE_TUNING}, {@code LM_BFF}, {@code PROMPT_TUNING}, {@code P_TUNING}, {@code
     * PREFIX_TUNING} or {@code MULTITASK_PROMPT_TUNING}.
     */
    VerbalizerKind kind() default VerbalizerKind.WORDS;

    /** What the labels' vectors are before the first step; {@link VerbalizerKind#SOFT} only. */
    VectorStart vectorStart() default VectorStart.LABEL_WORDS;

    /** Numbers of a prototype, 1 to 4096; {@link VerbalizerKind#PROTOTYPES} only. */
    int prototypeSize() default 64;

    /**
     * Steps in which prototypes and projection are learnt, 1 to 100,000; 200 if left out, 5 as in the authors' code with {@link
     * Compat#REFERENCE}; {@link VerbalizerKind#PROTOTYPES} only.
     */
    int prototypeSteps() default 0;

    /**
     * Whether the labels' standard scores by prototypes and by words are averaged; {@link VerbalizerKind#PROTOTYPES} only, and
     * three labels or more: of two labels standard scores are always the same two numbers.
     */
    boolean withWords() default false;

    /**
     * The share of the vocabulary, by how much the model expects a token whatever the text is, that words may come from, above 0
     * and at most 1; {@link VerbalizerKind#KNOWLEDGEABLE} only.
     */
    double vocabularyShare() default 0.5;

    /**
     * Whether words are left out that tell no more of their own label's first word than of the other labels'; {@link
     * VerbalizerKind#KNOWLEDGEABLE} only.
     */
    boolean relevance() default true;

    /** The peak learning rate of the labels' vectors, prototypes or words' weights, above 0 and at most 1. */
    double labelLearningRate() default 0;
}
