package example;

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
 * Classifies a {@link Former.Task} as a {@link Former.Answer}.
 *
 * <p>The model reads {@code {text} It is {mask}.}
 *
 * <p>Tuning trains all weights of the model, {@code cloze-tiny-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "yes" as {@code yes}
 * <li>NO: "no" as {@code no}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 6 (3 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>text: 250
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
@SuppressWarnings({"deprecation", "removal"})
final class Former_TaskPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Former.Task, Former.Answer> TASK = ClassificationTask.of(Former.Task.class, Former.Answer.class)
            .template("{text} It is {mask}.")
            .placeholder("text", Former.Task::text)
            .label(Former.Answer.YES, "yes")
            .label(Former.Answer.NO, "no")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
            .build();

    private Former_TaskPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Former.Task, Former.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Former.Task, Former.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Former.Task, Former.Answer> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Former.Task, Former.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
