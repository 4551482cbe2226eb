package shop;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.ExtractionTrainer;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * Finds spans in a {@link Booking.Asked} and says which {@link Booking.Slot} each is.
 *
 * <p>The model reads {@code {body|spans} {span} is a {mask}.}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>NAME: "name" as {@code name}
 * <li>FOOD: "food" as {@code food}, "dish" as {@code dish}
 * <li>none: "word" as {@code word}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 6 (3 of text, 2 special, 1 mask); these are never cut.
 * A long text whose spans are labelled is read in windows, and nothing of it is cut; in each there is room for at
 * least so many tokens of each placeholder:
 * <ul>
 * <li>body: 125
 * <li>span: 125
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Booking_AskedPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ExtractionTask<Booking.Asked, Booking.Slot> TASK = ExtractionTask.of(Booking.Asked.class, Booking.Slot.class)
            .template("{body|spans} {span} is a {mask}.")
            .placeholder("body", Booking.Asked::body)
            .label(Booking.Slot.NAME, "name")
            .label(Booking.Slot.FOOD, "food", "dish")
            .spans(4, 1.5, "word")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private Booking_AskedPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static ExtractionPipeline<Booking.Asked, Booking.Slot> zeroShot() {
        return ExtractionPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on inputs with their spans.
     */
    public static ExtractionTrainer<Booking.Asked, Booking.Slot> trainer() {
        return ExtractionTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in.
     */
    public static ExtractionPipeline<Booking.Asked, Booking.Slot> load(Path folder) {
        return ExtractionPipeline.load(TASK, folder);
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
        public DeclaredPipeline<ExtractionPipeline<Booking.Asked, Booking.Slot>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
