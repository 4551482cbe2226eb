package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Chooses {@link TuningMethod#PROMPT_TUNING}: virtual tokens before the input are trained, and nothing else. How many they are
 * says {@code promptLength} of {@link Tuning}, 20 if left out; they count among the tokens of an input.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PromptTuning {

    /** What the virtual tokens are before the first step. */
    enum Start {
        /** The label words, one each, and where they are fewer words drawn from the vocabulary. */
        LABEL_WORDS,
        /** Words drawn from the first 5,000 of the vocabulary that can stand in a text, none twice. */
        VOCABULARY,
        /** Numbers drawn from -0.5 to 0.5 alike; with {@link Compat#REFERENCE} from 0 to 0.5. */
        RANDOM
    }

    /** What moves the virtual tokens. */
    enum Optimizer {
        /** AdamW, at a rate that falls. */
        ADAMW,
        /** Adafactor as the authors use it: no first moment, nothing factored or scaled by the weights; at a constant rate. */
        ADAFACTOR
    }

    /** What prompts that answer together make of what each of them says. */
    enum Vote {
        /** Each has a vote for the label it finds most probable; between labels of equally many their probabilities decide. */
        MAJORITY,
        /** The mean of the probabilities that each gives a label. */
        PROBABILITIES
    }

    /** What the virtual tokens are before the first step; where {@link #text} is written, that counts. */
    Start start() default Start.LABEL_WORDS;

    /** A text whose tokens the virtual tokens start as, from its beginning, again and again until they are enough. */
    String text() default "";

    /**
     * A prompt of the same model that the virtual tokens start as, which says how many they are: the folder of a saved pipeline, a
     * folder of Hugging Face's PEFT, or an array of NumPy, {@code .npy}.
     */
    String file() default "";

    /**
     * A folder of such prompts, trained on other tasks, of which the virtual tokens start as the one that is most similar to what
     * they themselves become in {@link #sourceSteps} steps (SPoT, Vu et al. 2022, arXiv 2110.07904, section 4.1).
     */
    String sources() default "";

    /** Steps of the task's own prompt before it is compared with those of {@link #sources}; without them an error. */
    int sourceSteps() default 100;

    /** What moves the virtual tokens. */
    Optimizer optimizer() default Optimizer.ADAMW;

    /**
     * Prompts of one task that answer together, on one copy of the model and in one batch (Lester et al. 2021, section 6): each is
     * trained alone, the first with the training's seed and each other with the next one.
     */
    int prompts() default 1;

    /** What is made of what {@link #prompts} say; an error where they are not several. */
    Vote vote() default Vote.MAJORITY;
}
