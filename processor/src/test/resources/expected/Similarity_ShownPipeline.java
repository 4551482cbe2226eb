package shop;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.RegressionTrainer;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * Gives a {@link Similarity.Shown} a number from -1.5 to 1000.0.
 *
 * <p>The model reads {@code {first} {mask}, {second|lowerFirst}}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by LM_BFF.
 *
 * <p>Its words for the ends of the scale, with their tokens:
 * <ul>
 * <li>low: "unlike" as {@code unlike}
 * <li>high: "alike" as {@code alike}
 * </ul>
 *
 * <p>Of 512 tokens the template takes 4 (1 of text, 2 special, 1 mask); these are never cut.
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Similarity_ShownPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final RegressionTask<Similarity.Shown> TASK = RegressionTask.of(Similarity.Shown.class)
            .template("{first} {mask}, {second|lowerFirst}")
            .placeholder("first", Similarity.Shown::first)
            .placeholder("second", Similarity.Shown::second)
            .scale(-1.5, 1000.0, "unlike", "alike")
            .multiTokenWords(MultiTokenWords.REJECT)
            .calibration(Calibration.PMI)
            .tuning(TaskTuning.of(TuningMethod.LM_BFF)
                    .with("compat", Compat.REFERENCE)
                    .with("sets", 4))
            .build();

    private Similarity_ShownPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static RegressionPipeline<Similarity.Shown> zeroShot() {
        return RegressionPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on rated examples.
     */
    public static RegressionTrainer<Similarity.Shown> trainer() {
        return RegressionTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in.
     */
    public static RegressionPipeline<Similarity.Shown> load(Path folder) {
        return RegressionPipeline.load(TASK, folder);
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
        public DeclaredPipeline<RegressionPipeline<Similarity.Shown>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
