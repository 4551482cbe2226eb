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
 * Finds spans in a {@link Booking} and says which {@link Booking.Slot} each is.
 *
 * <p>Of {@code {subject} {sep} {body|spans}} the placeholders are read, in their segments.
 *
 * <p>Tuning trains keys and values of virtual tokens in every layer, and a head that tags tokens, by default {@code cloze-small-en}, by P_TUNING_V2.
 * There is nothing to answer with before, so no {@code zeroShot()}.
 *
 * <p>Of 276 tokens the template takes 23 (0 of text, 3 special, 20 virtual); these are never cut.
 * A long text whose spans are labelled is read in windows, and nothing of it is cut; in each there is room for at
 * least so many tokens of each placeholder:
 * <ul>
 * <li>subject: 127
 * <li>body: 126
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class BookingPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ExtractionTask<Booking, Booking.Slot> TASK = ExtractionTask.of(Booking.class, Booking.Slot.class)
            .template("{subject} {sep} {body|spans}")
            .placeholder("subject", Booking::subject)
            .placeholder("body", Booking::body)
            .label(Booking.Slot.NAME, "name")
            .label(Booking.Slot.FOOD, "food", "dish")
            .tuning(TaskTuning.of(TuningMethod.P_TUNING_V2))
            .build();

    private BookingPipeline() {
    }

    /**
     * Starts tuning on inputs with their spans.
     */
    public static ExtractionTrainer<Booking, Booking.Slot> trainer() {
        return ExtractionTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in.
     */
    public static ExtractionPipeline<Booking, Booking.Slot> load(Path folder) {
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
        public DeclaredPipeline<ExtractionPipeline<Booking, Booking.Slot>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
