package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.StopReason;
import dev.cloze.runtime.TrainingListener.TrainingEnded;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {

    private static final TrainingOptions OPTIONS =
            TrainingOptions.defaults().withLearningRate(0.3).withMaxSteps(40).withEvaluateEvery(10);

    private final RecordingListener heard = new RecordingListener();

    @TempDir
    private Path folder;

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private static TrainingListener interruptAt(int last) {
        return new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                if (step.step() == last) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private TrainingEnded train(TrainingOptions options, LogisticModel model, TrainingListener more) {
        return new TrainingLoop(options, new TrainingTask(43, 0, Map.of()), List.of(heard, more)).run(model);
    }

    private static LogisticModel model() {
        return new LogisticModel(OPTIONS, 43, 0.2);
    }

    @Test
    void anInterruptStopsAfterTheStepWithTheBestWeights() {
        LogisticModel model = model();
        TrainingEnded ended = train(OPTIONS, model, interruptAt(27));
        assertThat(ended.reason()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(ended.steps()).isEqualTo(27);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(model.weights).containsExactly(model.best);
        assertThat(model.devScore()).isEqualTo(ended.best().orElseThrow().score());
    }

    @Test
    void anInterruptBeforeAnyEvaluationKeepsThePresentWeights() {
        LogisticModel model = model();
        TrainingEnded ended = train(OPTIONS, model, interruptAt(7));
        assertThat(ended.best()).isEmpty();
        assertThat(model.weights).isNotEqualTo(new double[LogisticModel.WIDTH + 1]);
    }

    @Test
    void anInterruptInTheLastStepChangesNothing() {
        TrainingEnded ended = train(OPTIONS, model(), interruptAt(40));
        assertThat(ended.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void anInterruptedThreadTrainsNoStep() {
        Thread.currentThread().interrupt();
        assertThat(train(OPTIONS.withCheckpointFolder(folder), model(), interruptAt(0))
                        .steps())
                .isZero();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void anInterruptedTrainingGoesOnWhereItStopped() {
        TrainingOptions options = OPTIONS.withCheckpointFolder(folder);
        train(options, model(), interruptAt(27));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder.resolve("step-27")).isDirectory();
        LogisticModel resumed = model();
        TrainingEnded ended = train(options, resumed, interruptAt(0));

        RecordingListener whole = new RecordingListener();
        LogisticModel uninterrupted = model();
        TrainingEnded expected = train(OPTIONS, uninterrupted, whole);
        assertThat(heard.losses().subList(0, 40)).isEqualTo(whole.losses());
        assertThat(ended).isEqualTo(expected);
        assertThat(resumed.weights).containsExactly(uninterrupted.weights);
    }

    /** A caller whose training was stopped by an interrupt may begin it anew before it has seen to that. */
    @Test
    void anInterruptedThreadGoesOnFromTheLastCheckpoint() {
        TrainingOptions options = OPTIONS.withCheckpointFolder(folder);
        train(options, tensors(), interruptAt(27));
        LogisticModel resumed = tensors();
        assertThat(train(options, resumed, interruptAt(0)).steps()).isEqualTo(27);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(resumed.weights[0]).isNotZero();
    }

    /** One whose state holds tensors, as those of language models do. */
    private static LogisticModel tensors() {
        return new LogisticModel(OPTIONS, 43, 0.2) {
            @Override
            public void writeState(Path target) throws IOException {
                super.writeState(target);
                float[] numbers = new float[WIDTH];
                for (int i = 0; i < WIDTH; i++) {
                    numbers[i] = (float) weights[i];
                }
                SafetensorsWriter.write(
                        target.resolve("state.safetensors"), Map.of("weights", Tensor.of(numbers, WIDTH)), Map.of());
            }

            @Override
            public void readState(Path source) throws IOException {
                super.readState(source);
                try (Checkpoint checkpoint = Checkpoint.openFile(source.resolve("state.safetensors"))) {
                    FloatBuffer numbers = checkpoint.floats("weights");
                    for (int i = 0; i < WIDTH; i++) {
                        assertThat(numbers.get(i)).isEqualTo((float) weights[i]);
                    }
                }
            }
        };
    }

    /** An interrupt closes the file that the thread is writing. */
    @Test
    void anInterruptDoesNotCutACheckpointShort() throws IOException {
        LogisticModel model = new LogisticModel(OPTIONS, 43, 0.2) {
            private int writes;

            @Override
            public void writeState(Path target) throws IOException {
                if (writes++ == 0) {
                    Thread.currentThread().interrupt();
                }
                super.writeState(target);
            }
        };
        TrainingEnded ended = train(OPTIONS.withCheckpointFolder(folder).withCheckpointEvery(5), model, interruptAt(0));
        assertThat(ended.steps()).isEqualTo(5);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(TrainingCheckpoint.read(folder.resolve("step-5")).progress().step())
                .isEqualTo(5);
        try (var entries = Files.list(folder)) {
            assertThat(entries.map(Path::getFileName).map(Path::toString)).containsOnly(".lock", "step-5");
        }
    }
}
