package example;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * Classifies a {@link Tokens.Spaced} as a {@link Tokens.Answer}.
 *
 * <p>The model reads {@code {text|fixed} It was {mask}.}
 *
 * <p>Tuning trains all weights of the model, {@code roberta-add-prefix-space}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "good" as {@code \u0120go od}, "unforgettable" as {@code \u0120un f org et ta ble}
 * <li>NO: "bad" as {@code \u0120bad}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 13 (5 of text, 2 special, 6 masks); these are never cut.
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Tokens_SpacedPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Tokens.Spaced, Tokens.Answer> TASK = ClassificationTask.of(Tokens.Spaced.class, Tokens.Answer.class)
            .template("{text|fixed} It was {mask}.")
            .placeholder("text", Tokens.Spaced::text)
            .label(Tokens.Answer.YES, "good", "unforgettable")
            .label(Tokens.Answer.NO, "bad")
            .multiTokenWords(MultiTokenWords.JOINT_MEAN)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "roberta-add-prefix-space"))
            .build();

    private Tokens_SpacedPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Tokens.Spaced, Tokens.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Tokens.Spaced, Tokens.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Tokens.Spaced, Tokens.Answer> load(Path folder) {
        return PromptPipeline.load(TASK, folder);
    }

    /**
     * Lets frameworks find this pipeline, as a service.
     */
    public static final class Provider implements PipelineProvider {
        /**
         * For the service loader.
         */
        public Provider() {
        }

        @Override
        public DeclaredPipeline<PromptPipeline<Tokens.Spaced, Tokens.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
