package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Chooses {@link TuningMethod#MULTITASK_PROMPT_TUNING}: virtual tokens before the input that are a prompt shared by several tasks,
 * number by number times a matrix of low rank of the task's own. The shared prompt is trained on other tasks, its sources, and goes
 * on being trained with the task. How many virtual tokens there are says the source, and without one {@code promptLength} of {@link
 * Tuning}, 20 if left out.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface MultitaskPromptTuning {

    /**
     * The folder of a shared prompt of the same model, as {@code SharedPrompt.save} or Hugging Face's PEFT writes it; without one
     * the task starts from words of the vocabulary, as if it were the only source.
     */
    String source() default "";

    /**
     * Which of the source's tasks the task's own matrix starts as: a name, or a number from 0. It starts as the mean of all where
     * this is left out.
     */
    String sourceTask() default "";

    /** Columns of the task's own matrix before they are multiplied; the source's, or 1, if left out. */
    int rank() default 0;

    /** The peak learning rate of the task's own matrix; 4/3 of {@code learningRate}, the shared prompt's, if left out. */
    double taskLearningRate() default 0;
}
