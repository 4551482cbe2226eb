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
 * Gives a {@link Similarity.Headed} a number from 1.0 to 5.0.
 *
 * <p>Of {@code {first} {mask}, {second}} the placeholders are read, in their segments.
 *
 * <p>Tuning trains a head of one number and all weights below it, by default {@code cloze-small-en}, by FINE_TUNING.
 * There is nothing to answer with before, so no {@code zeroShot()}.
 *
 * <p>Of 256 tokens the template takes 2 (0 of text, 2 special); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>first: 127
 * <li>second: 127
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Similarity_HeadedPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final RegressionTask<Similarity.Headed> TASK = RegressionTask.of(Similarity.Headed.class)
            .template("{first} {mask}, {second}")
            .placeholder("first", Similarity.Headed::first)
            .placeholder("second", Similarity.Headed::second)
            .scale(1.0, 5.0, "bad", "good")
            .tuning(TaskTuning.of(TuningMethod.FINE_TUNING))
            .build();

    private Similarity_HeadedPipeline() {
    }

    /**
     * Starts tuning on rated examples.
     */
    public static RegressionTrainer<Similarity.Headed> trainer() {
        return RegressionTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in.
     */
    public static RegressionPipeline<Similarity.Headed> load(Path folder) {
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
        public DeclaredPipeline<RegressionPipeline<Similarity.Headed>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
