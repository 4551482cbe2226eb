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
 * Classifies a {@link Bounds.Opinion} as a {@link Bounds.Answer}.
 *
 * <p>The model reads {@code {text} {rating.value} {rating.earlier} {rank} {ratings} It was {mask}.}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
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
 * <li>text: 50
 * <li>rating.value: 50
 * <li>rating.earlier: 50
 * <li>rank: 50
 * <li>ratings: 50
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Bounds_OpinionPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Bounds.Opinion, Bounds.Answer> TASK = ClassificationTask.of(Bounds.Opinion.class, Bounds.Answer.class)
            .template("{text} {rating.value} {rating.earlier} {rank} {ratings} It was {mask}.")
            .placeholder("text", Bounds.Opinion::text)
            .placeholder("rating.value", Bounds_OpinionPipeline::ratingValue)
            .placeholder("rating.earlier", Bounds_OpinionPipeline::ratingEarlier)
            .placeholder("rank", Bounds.Opinion::rank)
            .placeholder("ratings", Bounds.Opinion::ratings)
            .label(Bounds.Answer.YES, "yes")
            .label(Bounds.Answer.NO, "no")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private Bounds_OpinionPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Bounds.Opinion, Bounds.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Bounds.Opinion, Bounds.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Bounds.Opinion, Bounds.Answer> load(Path folder) {
        return PromptPipeline.load(TASK, folder);
    }

    private static Object ratingValue(Bounds.Opinion input) {
        var rating = input.rating();
        if (rating == null) {
            return null;
        }
        return rating.value();
    }

    private static Object ratingEarlier(Bounds.Opinion input) {
        var rating = input.rating();
        if (rating == null) {
            return null;
        }
        return rating.earlier();
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
        public DeclaredPipeline<PromptPipeline<Bounds.Opinion, Bounds.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
