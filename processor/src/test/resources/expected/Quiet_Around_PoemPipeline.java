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
 * Writes a text for a {@link Quiet.Around.Poem}.
 *
 * <p>The model reads {@code Write a poem about it:}
 * and writes what follows.
 *
 * <p>Tuning trains all weights of the model, {@code tiny-llama}, by PROMPT_FINE_TUNING.
 *
 * <p>Of 256 tokens the template takes 13 (12 of text, 1 special); these are never cut.
 * Behind the longest input there is room to write 1792 tokens.
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Quiet_Around_PoemPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final TextTask<Quiet.Around.Poem> TASK = TextTask.of(Quiet.Around.Poem.class)
            .template("Write a poem about it:")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-llama"))
            .build();

    private Quiet_Around_PoemPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static TextPipeline<Quiet.Around.Poem> pretrained() {
        return TextPipeline.pretrained(TASK);
    }

    /**
     * Starts tuning on pairs of an input and the text to be written for it.
     */
    public static TextTrainer<Quiet.Around.Poem> trainer() {
        return TextTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static TextPipeline<Quiet.Around.Poem> load(Path folder) {
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
        public DeclaredPipeline<TextPipeline<Quiet.Around.Poem>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
