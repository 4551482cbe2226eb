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
 * Classifies a {@link Former.Label} as a {@link Former.Verdict}.
 *
 * <p>The model reads {@code {text} It was {mask}.}
 *
 * <p>Tuning trains all weights of the model, {@code cloze-tiny-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>GOOD: "good" as {@code good}
 * <li>BAD: "bad" as {@code bad}
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
final class Former_LabelPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Former.Label, Former.Verdict> TASK = ClassificationTask.of(Former.Label.class, Former.Verdict.class)
            .template("{text} It was {mask}.")
            .placeholder("text", Former.Label::text)
            .label(Former.Verdict.GOOD, "good")
            .label(Former.Verdict.BAD, "bad")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
            .build();

    private Former_LabelPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Former.Label, Former.Verdict> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Former.Label, Former.Verdict> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Former.Label, Former.Verdict> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Former.Label, Former.Verdict>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
