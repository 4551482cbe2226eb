package dev.cloze.runtime.tuning;

import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.training.TrainingRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A tuning as its caller asks for it.
 *
 * @param training the options that are changed, and who hears of it
 * @param unlabeled inputs without labels, for methods that learn from them
 * @param rescue saves what there is of a training that failed
 * @param <P> the kind of product
 */
public record TuningRequest<P extends Product>(TrainingRequest training, UnlabeledValues unlabeled, Rescue<P> rescue) {

    /** Without inputs that have no label. */
    public TuningRequest(TrainingRequest training, Rescue<P> rescue) {
        this(training, UnlabeledValues.NONE, rescue);
    }

    /** Saves a product like any pipeline; it stays the method's. */
    @FunctionalInterface
    public interface Rescue<P extends Product> {
        void save(P product, TrainingRecord training, Path folder);

        /** Saves nothing: the folder that it was to be is gone afterwards. */
        static <P extends Product> Rescue<P> none() {
            return (product, training, folder) -> {
                try {
                    DiskFolders.delete(folder);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        }
    }
}
