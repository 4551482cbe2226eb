package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.StopReason;
import dev.cloze.runtime.TrainingListener.TrainingEnded;
import dev.cloze.runtime.TrainingOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenerFailureTest {

    private static final TrainingOptions OPTIONS =
            TrainingOptions.defaults().withLearningRate(0.3).withMaxSteps(20).withEvaluateEvery(10);

    /** Fails at everything, and counts how often it was asked to. */
    private static final class Failing implements TrainingListener {
        private int calls;

        @Override
        public void onStart(TrainingStarted started) {
            calls++;
            throw new IllegalStateException("no start");
        }

        @Override
        public void onStep(StepEnded step) {
            calls++;
            throw new AssertionError("no step");
        }

        @Override
        public void onEvaluation(EvaluationEnded evaluation) {
            calls++;
            throw new StackOverflowError();
        }

        @Override
        public void onEnd(TrainingEnded ended) {
            calls++;
            throw new UnsupportedOperationException();
        }
    }

    private static TrainingEnded train(LogisticModel model, TrainingListener... listeners) {
        return new TrainingLoop(OPTIONS, new TrainingTask(43, 0, Map.of()), List.of(listeners)).run(model);
    }

    @Test
    void aListenerThatFailsLosesNothing() {
        Failing failing = new Failing();
        RecordingListener beside = new RecordingListener();
        LogisticModel model = new LogisticModel(OPTIONS, 43, 0.2);
        TrainingEnded ended = train(model, failing, beside);

        LogisticModel undisturbed = new LogisticModel(OPTIONS, 43, 0.2);
        assertThat(ended).isEqualTo(train(undisturbed));
        assertThat(ended.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(model.weights).containsExactly(undisturbed.weights);
        assertThat(beside.steps).hasSize(20);
        assertThat(beside.ends).containsExactly(ended);
    }

    @Test
    void aListenerThatFailsIsStillCalled() {
        Failing failing = new Failing();
        train(new LogisticModel(OPTIONS, 43, 0.2), failing);
        assertThat(failing.calls).isEqualTo(1 + 20 + 2 + 1);
    }
}
