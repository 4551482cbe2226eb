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
 * Classifies a {@link Review} as a {@link Review.Sentiment}.
 *
 * <p>The model reads {@code {title} {body} It was {mask}.}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>POSITIVE: "great" as {@code great}, "good" as {@code good}
 * <li>NEGATIVE: "terrible" as {@code terrible}, "bad" as {@code bad}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 6 (3 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>title: 125
 * <li>body: 125
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class ReviewPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Review, Review.Sentiment> TASK = ClassificationTask.of(Review.class, Review.Sentiment.class)
            .template("{title} {body} It was {mask}.")
            .placeholder("title", Review::title)
            .placeholder("body", Review::body)
            .label(Review.Sentiment.POSITIVE, "great", "good")
            .label(Review.Sentiment.NEGATIVE, "terrible", "bad")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private ReviewPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Review, Review.Sentiment> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Review, Review.Sentiment> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Review, Review.Sentiment> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Review, Review.Sentiment>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
