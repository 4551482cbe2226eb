package example;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * Writes a text for a {@link Writers.Tale}.
 *
 * <p>The model reads {@code Once upon a time}
 * and writes what follows.
 *
 * <p>Tuning trains all weights of the model, {@code tiny-decoder}, by PROMPT_FINE_TUNING.
 *
 * <p>Of 32 tokens the template takes 10 (10 of text, 0 special); these are never cut.
 * Behind the longest input there is room to write 32 tokens.
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Writers_TalePipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final TextTask<Writers.Tale> TASK = TextTask.of(Writers.Tale.class)
            .template("Once upon a time")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-decoder"))
            .build();

    private Writers_TalePipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static TextPipeline<Writers.Tale> pretrained() {
        return TextPipeline.pretrained(TASK);
    }

    /**
     * Starts tuning on pairs of an input and the text to be written for it.
     */
    public static TextTrainer<Writers.Tale> trainer() {
        return TextTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static TextPipeline<Writers.Tale> load(Path folder) {
        return TextPipeline.load(TASK, folder);
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
        public DeclaredPipeline<TextPipeline<Writers.Tale>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
