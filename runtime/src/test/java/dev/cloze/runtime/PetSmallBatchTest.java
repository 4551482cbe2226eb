package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is written of a batch or of a number of steps holds, beside what PET chooses by itself. */
@ExtendWith(NothingLeftOpen.class)
class PetSmallBatchTest {

    private static final List<Review> UNLABELED = Patterns.unlabeled(24);

    private final List<TrainingOptions> trainings = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void onStart(TrainingStarted started) {
            trainings.add(started.options());
        }

        @Override
        public void onStep(StepEnded step) {
            rates.add(step.learningRate());
        }
    };

    private void fit(TaskTuning tuning, UnaryOperator<TrainingOptions> more) {
        ClassificationTask<Review, Sentiment> task =
                Reviews.builder().tuning(tuning).build();
        PromptTrainer.of(task)
                .quiet()
                .options(options -> more.apply(
                        options.withLearningRate(1e-3).withEvaluateEvery(0).with(PetOptions.REPETITIONS, 1)))
                .listener(listener)
                .fit(Patterns.TRAIN, Patterns.DEV, UNLABELED)
                .close();
    }

    private static TaskTuning tuning() {
        return TaskTuning.of(TuningMethod.PET, "cloze-tiny-en");
    }

    private static TaskTuning brief() {
        return tuning().with("maxSteps", 4).with("distillationSteps", 2).with("distillationBatchSize", 4);
    }

    @Test
    void theMaskedLanguageModelLossTakesASmallBatch() {
        fit(brief().with("auxiliaryWeight", 1e-4).with("batchSize", 2), options -> options);
        assertThat(trainings).extracting(TrainingOptions::batchSize).containsExactly(2, 4);
        assertThat(trainings).extracting(TrainingOptions::accumulation).containsExactly(2, 2);
    }

    @Test
    void whereNobodySetsOtherwiseItsStepsAreFourMicroBatchesOfOneExample() {
        fit(brief().with("auxiliaryWeight", 1e-4), options -> options);
        assertThat(trainings.get(0).batchSize()).isEqualTo(4);
        assertThat(trainings.get(0).accumulation()).isEqualTo(4);
        trainings.clear();
        fit(brief().with("auxiliaryWeight", 1e-4), options -> options.withBatchSize(8)
                .withAccumulation(1));
        assertThat(trainings.get(0).accumulation()).isEqualTo(1);
    }

    @Test
    void whatIsSetBesideTheNumberOfStepsIsLimitedByTheNumberThatThereIs() {
        PromptTrainer<Review, Sentiment> trainer =
                PromptTrainer.of(Reviews.builder().tuning(tuning()).build());
        assertThatCode(() ->
                        trainer.options(options -> options.withWarmupSteps(250)).check())
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        trainer.options(options -> options.withWarmupSteps(251)).check())
                .hasMessageContaining("251");
        fit(brief().with("auxiliaryWeight", 1e-4).with("maxSteps", 4), options -> options.withWarmupSteps(3));
        assertThat(trainings.get(0).warmupSteps()).isEqualTo(3);
        PromptTrainer<Review, Sentiment> auxiliary = PromptTrainer.of(
                Reviews.builder().tuning(tuning().with("auxiliaryWeight", 1e-4)).build());
        assertThatCode(() -> auxiliary
                        .options(options -> options.withWarmupSteps(1000))
                        .check())
                .as("four times as many steps, with a quarter of the examples each")
                .doesNotThrowAnyException();
    }

    @Test
    void theClassifierTakesSmallerBatchesThanTheModelsMicroBatchesAreMany() {
        fit(brief().with("distillationBatchSize", 1), options -> options.withBatchSize(4)
                .withAccumulation(4));
        assertThat(trainings).extracting(TrainingOptions::batchSize).containsExactly(4, 1);
        assertThat(trainings).extracting(TrainingOptions::accumulation).containsExactly(4, 1);
        trainings.clear();
        fit(brief().with("auxiliaryWeight", 1e-4).with("distillationBatchSize", 2), options -> options);
        assertThat(trainings).extracting(TrainingOptions::batchSize).containsExactly(4, 2);
    }

    @Test
    void theClassifiersWarmUpIsTheSameShareOfItsSteps() {
        fit(tuning().with("maxSteps", 8).with("distillationSteps", 4), options -> options.withWarmupSteps(6)
                .withSchedule(TrainingOptions.Schedule.CONSTANT));
        assertThat(trainings).extracting(TrainingOptions::warmupSteps).containsExactly(6, 3);
        assertThat(rates.subList(8, 12)).doesNotHaveDuplicates();
    }
}
