package dev.cloze.runtime.tuning;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.training.RescuingLoop;
import dev.cloze.runtime.training.TrainableModel;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.training.TrainingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;

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

    /**
     * Trains, and saves the best weights where that fails after an evaluation.
     *
     * @param data whose identity has the hash of the training examples
     * @param metric what the score on the development set is called
     * @param best makes a product of the present weights that takes over nothing; it is closed here
     * @param product makes the one that comes of the training
     * @throws dev.cloze.problem.ClozeException as {@link RescuingLoop#run}
     */
    public TuningResult<P> train(
            TrainableModel model,
            TrainingOptions options,
            TrainingTask data,
            String metric,
            Supplier<P> best,
            Supplier<P> product) {
        RescuingLoop loop = new RescuingLoop(options, data, training.heard(), metric);
        loop.run(model, folder -> {
            try (P saved = best.get()) {
                rescue.save(saved, loop.record(data.dataHash()), folder);
            }
        });
        return new TuningResult<>(product.get(), loop.record(data.dataHash()));
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
