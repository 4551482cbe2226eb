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
 * Classifies a {@link Tokens.AtStart} as a {@link Tokens.Answer}.
 *
 * <p>The model reads {@code {mask}: {text}}
 *
 * <p>Tuning trains all weights of the model, {@code albert}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "good" as <code>\u2581go od</code>, "unforgettable" as <code>\u2581un for get table</code>
 * <li>NO: "bad" as <code>\u2581ba d</code>
 * </ul>
 *
 * <p>Of 64 tokens the template takes 8 (2 of text, 2 special, 4 masks); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>text: 56
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Tokens_AtStartPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Tokens.AtStart, Tokens.Answer> TASK = ClassificationTask.of(Tokens.AtStart.class, Tokens.Answer.class)
            .template("{mask}: {text}")
            .placeholder("text", Tokens.AtStart::text)
            .label(Tokens.Answer.YES, "good", "unforgettable")
            .label(Tokens.Answer.NO, "bad")
            .multiTokenWords(MultiTokenWords.JOINT_MEAN)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "albert")
                    .with("maxLength", 64))
            .build();

    private Tokens_AtStartPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Tokens.AtStart, Tokens.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Tokens.AtStart, Tokens.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Tokens.AtStart, Tokens.Answer> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Tokens.AtStart, Tokens.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
