package dev.cloze.benchmarks;

import dev.cloze.annotations.option.PetOptions;
import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * PET's trainings as a user starts them; each gives the seconds of its steps after the warm-up, from one to the next.
 *
 * @param labeled what a pattern's model learns from
 * @param unlabeled what the classifier learns from
 * @param steps the timed ones
 */
record PetTrainings(ClassificationTask<Review, Sentiment> task, Inputs labeled, Inputs unlabeled, int steps) {

    static final int BATCH = 16;
    static final int WARM_UP = 1;
    static final double RATE = 1e-5;
    static final double AUXILIARY = 1e-4;

    double plain() {
        return seconds(0, options -> options.withBatchSize(BATCH).withMaxSteps(WARM_UP + steps));
    }

    double auxiliary() {
        return seconds(0, options -> options.withBatchSize(BATCH / 4)
                .withAccumulation(BATCH / 4)
                .withMaxSteps(WARM_UP + steps)
                .with(PetOptions.AUXILIARY_WEIGHT, AUXILIARY));
    }

    double classifier() {
        return seconds(1, options -> options.withBatchSize(BATCH)
                .withMaxSteps(1)
                .with(PetOptions.DISTILLATION_STEPS, WARM_UP + steps));
    }

    /** @param before steps of another training that comes first */
    private double seconds(int before, UnaryOperator<TrainingOptions> change) {
        StepClock clock = new StepClock();
        PromptTrainer.of(task)
                .quiet()
                .listener(clock)
                .options(options -> change.apply(options.withLearningRate(RATE)
                        .with(PetOptions.REPETITIONS, 1)
                        .with(PetOptions.DISTILLATION_STEPS, 1)
                        .with(PetOptions.DISTILLATION_BATCH_SIZE, BATCH)))
                .fit(labeled.labeled(), List.of(), unlabeled.reviews())
                .close();
        return clock.seconds(before + WARM_UP, steps);
    }
}
