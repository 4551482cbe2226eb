package example;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ClozeTrainer;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * Ranks the words that could fill the gap of a {@link Quiet.Capital}.
 *
 * <p>The model reads {@code The capital of France is {mask}.}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its candidates, with their tokens:
 * "paris" as {@code paris}, "rome" as {@code rome}.
 *
 * <p>Of 256 tokens the template takes 9 (6 of text, 2 special, 1 mask); these are never cut.
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Quiet_CapitalPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClozeTask<Quiet.Capital> TASK = ClozeTask.of(Quiet.Capital.class)
            .template("The capital of France is {mask}.")
            .candidates("paris", "rome")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private Quiet_CapitalPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static ClozePipeline<Quiet.Capital> zeroShot() {
        return ClozePipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on answered examples.
     */
    public static ClozeTrainer<Quiet.Capital> trainer() {
        return ClozeTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static ClozePipeline<Quiet.Capital> load(Path folder) {
        return ClozePipeline.load(TASK, folder);
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
        public DeclaredPipeline<ClozePipeline<Quiet.Capital>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
