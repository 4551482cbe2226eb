package shop;

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
 * Gives a {@link Similarity} a number from 0.0 to 5.0.
 *
 * <p>The model reads {@code {first} {mask}, {second|lowerFirst}}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its words for the ends of the scale, with their tokens:
 * <ul>
 * <li>low: "No" as {@code no}
 * <li>high: "Yes" as {@code yes}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 4 (1 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>first: 126
 * <li>second: 126
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class SimilarityPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final RegressionTask<Similarity> TASK = RegressionTask.of(Similarity.class)
            .template("{first} {mask}, {second|lowerFirst}")
            .placeholder("first", Similarity::first)
            .placeholder("second", Similarity::second)
            .scale(0.0, 5.0, "No", "Yes")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private SimilarityPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static RegressionPipeline<Similarity> zeroShot() {
        return RegressionPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on rated examples.
     */
    public static RegressionTrainer<Similarity> trainer() {
        return RegressionTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in.
     */
    public static RegressionPipeline<Similarity> load(Path folder) {
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
        public DeclaredPipeline<RegressionPipeline<Similarity>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
