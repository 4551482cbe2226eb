package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Compat;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.EvaluationEnded;
import dev.cloze.runtime.TrainingListener.StepEnded;
import dev.cloze.runtime.TrainingListener.StopReason;
import dev.cloze.runtime.TrainingListener.TrainingEnded;
import dev.cloze.runtime.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {

    private static final int EXAMPLES = 43;
    private static final TrainingOptions OPTIONS = TrainingOptions.defaults()
            .withLearningRate(0.3)
            .withMaxSteps(60)
            .withEvaluateEvery(10)
            .withWeightDecay(0.01);

    private final RecordingListener heard = new RecordingListener();

    private TrainingEnded train(TrainingOptions options, TrainableModel model, TrainingListener... more) {
        List<TrainingListener> listeners = new ArrayList<>(List.of(more));
        listeners.add(heard);
        return new TrainingLoop(options, new TrainingTask(EXAMPLES, 0.25, Map.of()), listeners).run(model);
    }

    private static LogisticModel model(TrainingOptions options) {
        return new LogisticModel(options, EXAMPLES, 0.2);
    }

    @Test
    void trainingLearns() {
        LogisticModel model = model(OPTIONS);
        double before = model.devScore();
        TrainingEnded ended = train(OPTIONS, model);
        assertThat(ended.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(ended.steps()).isEqualTo(60);
        assertThat(model.devScore()).isGreaterThan(0.85).isGreaterThan(before);
        assertThat(model.devScore()).isEqualTo(ended.best().orElseThrow().score());
    }

    @Test
    void theSameSeedGivesTheSameLossesBitForBit() {
        train(OPTIONS, model(OPTIONS));
        RecordingListener again = new RecordingListener();
        train(OPTIONS, model(OPTIONS), again);
        assertThat(again.losses()).hasSize(60).isEqualTo(heard.losses().subList(0, 60));
    }

    @Test
    void anotherSeedGivesOtherLosses() {
        train(OPTIONS, model(OPTIONS));
        RecordingListener again = new RecordingListener();
        train(OPTIONS.withSeed(43), model(OPTIONS), again);
        assertThat(again.losses()).isNotEqualTo(heard.losses().subList(0, 60));
    }

    @Test
    void anAccumulatedStepEqualsTheWholeBatch() {
        LogisticModel whole = new LogisticModel(OPTIONS, EXAMPLES, 0);
        LogisticModel parts = new LogisticModel(OPTIONS, EXAMPLES, 0);
        train(OPTIONS, whole);
        train(OPTIONS.withAccumulation(3), parts);
        assertThat(parts.weights).containsExactly(whole.weights, within(1e-12));
        for (int i = 0; i < 60; i++) {
            assertThat(heard.steps.get(60 + i).loss())
                    .isCloseTo(heard.steps.get(i).loss(), within(1e-12));
            assertThat(heard.steps.get(60 + i).gradientNorm())
                    .isCloseTo(heard.steps.get(i).gradientNorm(), within(1e-12));
        }
    }

    @Test
    void microBatchesSpeakForTheirShareOfTheStep() {
        List<Double> scales = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        TrainableModel model = new LogisticModel(OPTIONS, EXAMPLES, 0) {
            @Override
            public double accumulate(int[] examples, double scale, long dropoutSeed) {
                scales.add(scale);
                sizes.add(examples.length);
                return super.accumulate(examples, scale, dropoutSeed);
            }
        };
        train(OPTIONS.withMaxSteps(1).withAccumulation(3), model);
        assertThat(sizes).containsExactly(2, 3, 3);
        assertThat(scales).containsExactly(2 / 8.0, 3 / 8.0, 3 / 8.0);
    }

    @Test
    void gradientsAreClippedAsTorchClipsThem() {
        List<Double> factors = new ArrayList<>();
        TrainableModel model = new LogisticModel(OPTIONS, EXAMPLES, 0) {
            @Override
            public void update(double learningRate, double gradientFactor) {
                factors.add(gradientFactor);
                super.update(learningRate, gradientFactor);
            }
        };
        train(OPTIONS.withMaxSteps(1).withClipNorm(0.01), model);
        train(OPTIONS.withMaxSteps(1).withClipNorm(1000), model);
        train(OPTIONS.withMaxSteps(1).withClipNorm(0), model);
        double norm = heard.steps.get(0).gradientNorm();
        assertThat(factors).containsExactly(0.01 / (norm + 1e-6), 1.0, 1.0);
    }

    @Test
    void theLearningRateFallsFromItsPeakToNearlyZero() {
        train(OPTIONS, model(OPTIONS));
        assertThat(heard.steps.get(0).learningRate()).isEqualTo(0.3);
        assertThat(heard.steps.get(59).learningRate()).isEqualTo(0.3 * (1 / 60.0));
    }

    @Test
    void theReferenceCodeMakesOneUpdateMore() {
        TrainingEnded ended = train(OPTIONS.withCompat(Compat.REFERENCE), model(OPTIONS));
        assertThat(ended.steps()).isEqualTo(61);
        assertThat(heard.steps.get(60).learningRate()).isZero();
    }

    @Test
    void listenersHearTheWholeStoryInOrder() {
        train(OPTIONS.withMaxSteps(25), model(OPTIONS));
        assertThat(heard.starts).hasSize(1);
        assertThat(heard.starts.get(0).steps()).isEqualTo(25);
        assertThat(heard.starts.get(0).cutShare()).isEqualTo(0.25);
        assertThat(heard.steps).extracting(StepEnded::step).first().isEqualTo(1);
        assertThat(heard.steps).hasSize(25);
        assertThat(heard.evaluations).extracting(EvaluationEnded::step).containsExactly(10, 20, 25);
        assertThat(heard.ends).hasSize(1);
    }

    @Test
    void onlyAStrictlyBetterScoreIsBest() {
        TrainingEnded ended = train(OPTIONS, scored(0.5, 0.7, 0.7, 0.6, 0.7, 0.7));
        assertThat(heard.evaluations)
                .extracting(EvaluationEnded::best)
                .containsExactly(true, true, false, false, false, false);
        assertThat(ended.best()).contains(new EvaluationEnded(20, 0.7, true));
    }

    @Test
    void theBestWeightsAreRestoredAtTheEnd() {
        List<double[]> kept = new ArrayList<>();
        LogisticModel model = scored(0.5, 0.9, 0.8, 0.7, 0.6, 0.5);
        train(OPTIONS, model, new TrainingListener() {
            @Override
            public void onEvaluation(EvaluationEnded evaluation) {
                kept.add(model.weights.clone());
            }
        });
        assertThat(model.weights).containsExactly(kept.get(1));
        assertThat(model.weights).isNotEqualTo(kept.get(5));
    }

    @Test
    void patienceEndsTheTrainingAfterThatManyEvaluationsWithoutGain() {
        TrainingEnded ended = train(OPTIONS.withPatience(2), scored(0.5, 0.4, 0.6, 0.6, 0.1, 0.9));
        assertThat(ended.reason()).isEqualTo(StopReason.EARLY_STOPPED);
        assertThat(ended.steps()).isEqualTo(50);
        assertThat(ended.best().orElseThrow().step()).isEqualTo(30);
    }

    @Test
    void patienceThatRunsOutWithTheStepsIsACompletion() {
        TrainingEnded ended = train(OPTIONS.withPatience(2), scored(0.1, 0.2, 0.3, 0.4, 0.1, 0.1));
        assertThat(ended.reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void withoutEvaluationsTheLastWeightsAreTheResult() {
        LogisticModel model = model(OPTIONS);
        TrainingEnded ended = train(OPTIONS.withEvaluateEvery(0), model);
        assertThat(ended.best()).isEmpty();
        assertThat(model.weights).isNotEqualTo(new double[LogisticModel.WIDTH + 1]);
    }

    @Test
    void aLossThatIsNoNumberStopsWithTheBestWeights() {
        List<double[]> kept = new ArrayList<>();
        LogisticModel model = new LogisticModel(OPTIONS, EXAMPLES, 0) {
            @Override
            public double accumulate(int[] examples, double scale, long dropoutSeed) {
                double loss = super.accumulate(examples, scale, dropoutSeed);
                return kept.size() == 2 ? Double.NaN : loss;
            }

            @Override
            public void keepBest() {
                super.keepBest();
                kept.add(best);
            }
        };
        assertThatThrownBy(() -> train(OPTIONS, model))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_DIVERGED))
                .hasMessageStartingWith("[TrainingDiverged] The training diverged at step 11: the loss is NaN.")
                .hasMessageContaining("The learning rate was 0.250.")
                .hasMessageContaining("those of step 10")
                .hasMessageContaining("withWarmupSteps");
        assertThat(model.weights).containsExactly(kept.get(1));
        assertThat(heard.ends).extracting(TrainingEnded::reason).containsExactly(StopReason.DIVERGED);
    }

    @Test
    void anInfiniteGradientStopsBeforeItReachesTheWeights() {
        LogisticModel model = new LogisticModel(OPTIONS, EXAMPLES, 0) {
            @Override
            public double accumulate(int[] examples, double scale, long dropoutSeed) {
                double loss = super.accumulate(examples, scale, dropoutSeed);
                gradients[2] = Double.POSITIVE_INFINITY;
                return loss;
            }
        };
        assertThatThrownBy(() -> train(OPTIONS, model))
                .hasMessageContaining("at step 1: the norm of the gradients is Infinity")
                .hasMessageContaining("the weights it started with");
        assertThat(model.weights).containsOnly(0);
    }

    @Test
    void aScoreThatIsNoNumberIsADivergence() {
        assertThatThrownBy(() -> train(OPTIONS, scored(0.5, Double.NaN)))
                .hasMessageContaining("at step 20: the score on the development set is NaN");
    }

    @Test
    void aModelWhoseScoresAreNoNumbersOnTheDevelopmentSetHasDiverged() {
        ClozeException said = new ClozeException(Problem.MODEL_NOT_FINITE, "The model says nothing.");
        LogisticModel model = new LogisticModel(OPTIONS, EXAMPLES, 0) {
            @Override
            public double devScore() {
                throw said;
            }
        };
        assertThatThrownBy(() -> train(OPTIONS, model))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_DIVERGED))
                .hasMessageContaining("at step 10: the score on the development set is NaN")
                .hasRootCause(said);
    }

    @Test
    void anEmptyTrainingSetIsRefused() {
        TrainingLoop loop = new TrainingLoop(OPTIONS, new TrainingTask(0, 0, Map.of()), List.of());
        assertThatThrownBy(() -> loop.run(model(OPTIONS))).hasMessageContaining("[TrainingTooFewExamples]");
    }

    @Test
    void aFailureOfTheModelReachesTheCallerAndEndsTheStory() {
        LogisticModel model = new LogisticModel(OPTIONS, EXAMPLES, 0) {
            @Override
            public double devScore() {
                throw new IllegalStateException("the engine is gone");
            }
        };
        assertThatThrownBy(() -> train(OPTIONS, model)).hasMessage("the engine is gone");
        assertThat(heard.ends).extracting(TrainingEnded::reason).containsExactly(StopReason.FAILED);
    }

    @Test
    void twoTrainingsRunAtOnceAsTheyWouldAlone() throws InterruptedException {
        List<RecordingListener> both = List.of(new RecordingListener(), new RecordingListener());
        List<Thread> threads = both.stream()
                .map(listener -> new Thread(
                        () -> new TrainingLoop(OPTIONS, new TrainingTask(EXAMPLES, 0, Map.of()), List.of(listener))
                                .run(model(OPTIONS))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        train(OPTIONS, model(OPTIONS));
        assertThat(both).allSatisfy(listener -> assertThat(listener.losses()).isEqualTo(heard.losses()));
    }

    /** A model whose evaluations are told beforehand. */
    private static LogisticModel scored(double... scores) {
        return new LogisticModel(OPTIONS, EXAMPLES, 0) {
            private int next;

            @Override
            public double devScore() {
                return scores[next++];
            }

            @Override
            public String toString() {
                return Arrays.toString(scores);
            }
        };
    }
}
