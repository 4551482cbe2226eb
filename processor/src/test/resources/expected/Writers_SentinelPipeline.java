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
 * Classifies a {@link Writers.Sentinel} as a {@link Writers.Answer}.
 *
 * <p>The model reads {@code It was {mask}: {text}.}
 *
 * <p>Tuning trains all weights of the model, {@code tiny-t5}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "good" as <code>\u2581go od</code>, "unforgettable" as <code>\u2581un for get table</code>
 * <li>NO: "bad" as <code>\u2581ba d</code>
 * </ul>
 *
 * <p>Of 256 tokens the template takes 9 (4 of text, 1 special, 4 masks); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>text: 247
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Writers_SentinelPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Writers.Sentinel, Writers.Answer> TASK = ClassificationTask.of(Writers.Sentinel.class, Writers.Answer.class)
            .template("It was {mask}: {text}.")
            .placeholder("text", Writers.Sentinel::text)
            .label(Writers.Answer.YES, "good", "unforgettable")
            .label(Writers.Answer.NO, "bad")
            .multiTokenWords(MultiTokenWords.JOINT_MEAN)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-t5"))
            .build();

    private Writers_SentinelPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Writers.Sentinel, Writers.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Writers.Sentinel, Writers.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Writers.Sentinel, Writers.Answer> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Writers.Sentinel, Writers.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
