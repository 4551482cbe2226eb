package dev.cloze.runtime.tuning.loop;

import dev.cloze.runtime.training.TrainableModel;
import java.io.IOException;
import java.nio.file.Path;

/** A training of weights by AdamW, whatever its loss: what a loop does with them. */
public interface WeightTraining extends TrainableModel {

    /** The weights under training. */
    TunedWeights weights();

    @Override
    default long trainedParameters() {
        return weights().size();
    }

    @Override
    default double gradientNorm() {
        return weights().gradientNorm();
    }

    @Override
    default void update(double learningRate, double gradientFactor) {
        weights().step(learningRate, gradientFactor);
    }

    @Override
    default void keepBest() {
        weights().keepBest();
    }

    @Override
    default void restoreBest() {
        weights().restoreBest();
    }

    @Override
    default void writeState(Path folder) throws IOException {
        weights().write(folder);
    }

    @Override
    default long stateBytes() {
        return weights().stateBytes();
    }

    @Override
    default void readState(Path folder) throws IOException {
        weights().read(folder);
    }
}
