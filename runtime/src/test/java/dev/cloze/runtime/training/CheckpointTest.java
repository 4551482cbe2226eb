package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.EvaluationEnded;
import dev.cloze.runtime.TrainingListener.TrainingStarted;
import dev.cloze.runtime.TrainingOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    private static final int EXAMPLES = 43;

    @TempDir
    private Path folder;

    private TrainingOptions options = TrainingOptions.defaults();
    private final RecordingListener heard = new RecordingListener();

    @BeforeEach
    void writeCheckpoints() {
        options = options.withLearningRate(0.3)
                .withMaxSteps(40)
                .withEvaluateEvery(10)
                .withCheckpointFolder(folder)
                .withCheckpointEvery(8);
    }

    private void train(TrainingOptions with, TrainableModel model, String data) {
        new TrainingLoop(with, new TrainingTask(EXAMPLES, 0, Map.of("training data", data)), List.of(heard)).run(model);
    }

    private LogisticModel model() {
        return new LogisticModel(options, EXAMPLES, 0.2);
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void onlyTheLastCheckpointIsKept() throws IOException {
        train(options, model(), "abc");
        assertThat(entries()).containsExactly(".lock", "step-40");
    }

    @Test
    void aFinishedTrainingIsNotRepeated() {
        LogisticModel first = model();
        train(options, first, "abc");
        LogisticModel again = model();
        train(options, again, "abc");
        assertThat(heard.steps).hasSize(40);
        assertThat(heard.starts).extracting(TrainingStarted::step).containsExactly(0, 40);
        assertThat(again.weights).containsExactly(first.weights);
        assertThat(heard.ends.get(1)).isEqualTo(heard.ends.get(0));
    }

    @Test
    void theLastEvaluationIsPartOfTheLastCheckpoint() {
        TrainingOptions uneven = options.withEvaluateEvery(15);
        train(uneven, model(), "abc");
        train(uneven, model(), "abc");
        assertThat(heard.evaluations).extracting(EvaluationEnded::step).containsExactly(15, 30, 40);
        assertThat(heard.ends.get(1)).isEqualTo(heard.ends.get(0));
    }

    @Test
    void aCheckpointOfOtherOptionsIsRefusedWithTheDifference() {
        train(options, model(), "abc");
        assertThatThrownBy(() -> train(options.withBatchSize(4).withSeed(5), model(), "abc"))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_CHECKPOINT))
                .hasMessageContaining("belongs to another training.")
                .hasMessageContaining("batchSize: 8 in the checkpoint, 4 in this training")
                .hasMessageContaining("seed: 42 in the checkpoint, 5 in this training")
                .hasMessageNotContaining("maxSteps");
    }

    @Test
    void aCheckpointOfOtherDataIsRefused() throws IOException {
        train(options, model(), "abc");
        assertThatThrownBy(() -> train(options, model(), "xyz"))
                .hasMessageContaining("training data: abc in the checkpoint, xyz in this training")
                .hasMessageContaining("Choose another checkpoint folder");
        assertThat(entries()).containsExactly(".lock", "step-40");
    }

    @Test
    void howOftenCheckpointsAreWrittenMayChange() {
        train(options, model(), "abc");
        train(options.withCheckpointEvery(3), model(), "abc");
        assertThat(heard.starts.get(1).step()).isEqualTo(40);
    }

    @Test
    void aDamagedCheckpointGivesWayToTheOneBefore() throws IOException {
        train(options.withCheckpointEvery(24), model(), "abc");
        List<Double> losses = List.copyOf(heard.losses());
        copy(folder.resolve("step-24"), folder.resolve("step-32"));
        Files.write(folder.resolve("step-32/model/state.bin"), new byte[100]);
        train(options, model(), "abc");
        assertThat(heard.starts.get(1).step()).isEqualTo(24);
        assertThat(heard.losses().subList(40, 56)).isEqualTo(losses.subList(24, 40));
        assertThat(entries()).containsExactly(".lock", "step-40");
    }

    @Test
    void aDamagedOnlyCheckpointIsRefused() throws IOException {
        train(options, model(), "abc");
        Path state = folder.resolve("step-40/model/state.bin");
        byte[] bytes = Files.readAllBytes(state);
        bytes[20] ^= 1;
        Files.write(state, bytes);
        assertThatThrownBy(() -> train(options, model(), "abc"))
                .hasMessageStartingWith("[TrainingCheckpoint]")
                .hasMessageContaining("is damaged: model/state.bin was changed or cut short.");
        Files.delete(state);
        assertThatThrownBy(() -> train(options, model(), "abc")).hasMessageContaining("model/state.bin is missing.");
        Files.writeString(folder.resolve("step-40/training.json"), "{\"format\": 1}");
        assertThatThrownBy(() -> train(options, model(), "abc")).hasMessageContaining("training.json is incomplete.");
        Files.writeString(folder.resolve("step-40/training.json"), "{{");
        assertThatThrownBy(() -> train(options, model(), "abc"))
                .hasMessageContaining("training.json is not valid JSON.");
    }

    @Test
    void whatAKilledProcessLeftUnfinishedIsSweptAway() throws IOException {
        Files.createDirectories(folder.resolve(".step-16.partial/model"));
        Files.createDirectories(folder.resolve(".step-8.old/model"));
        Files.writeString(folder.resolve("notes.txt"), "mine", StandardCharsets.UTF_8);
        train(options, model(), "abc");
        assertThat(entries()).containsExactly(".lock", "notes.txt", "step-40");
    }

    @Test
    void aFolderServesOneTrainingAtATime() {
        TrainingListener second = new TrainingListener() {
            @Override
            public void onStart(TrainingStarted started) {
                assertThatThrownBy(() -> train(options, model(), "abc"))
                        .hasMessageContaining("is in use by another training.");
                heard.onStart(started);
            }
        };
        new TrainingLoop(options, new TrainingTask(EXAMPLES, 0, Map.of()), List.of(second)).run(model());
        assertThat(heard.starts).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> train(options.withCheckpointFolder(file.resolve("sub")), model(), "abc"))
                .hasMessageStartingWith("[DiskWrite]")
                .hasMessageContaining("cannot be written to");
    }

    @Test
    void aFullDiskLeavesThePreviousCheckpointIntact() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(Files.exists(full))
                .as("/dev/full, the disk that is always full, is not here")
                .isTrue();
        LogisticModel model = new LogisticModel(options, EXAMPLES, 0.2) {
            @Override
            public long stateBytes() {
                return (2 << 20) + 1;
            }

            @Override
            public void writeState(Path target) throws IOException {
                super.writeState(target);
                if (!heard.steps.isEmpty() && heard.steps.size() >= 16) {
                    try (OutputStream out = Files.newOutputStream(full)) {
                        out.write(new byte[1 << 16]);
                    }
                }
            }
        };
        assertThatThrownBy(() -> train(options, model, "abc"))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DISK_WRITE))
                .hasMessageContaining("The checkpoint of step 16 could not be written to")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("step-8 is intact")
                .hasMessageContaining("It takes 3 MiB, and ")
                .hasMessageContaining("MiB are free there.");
        assertThat(entries()).containsExactly(".lock", "step-8");
        assertThat(model.weights).containsExactly(model.best);
        train(options, model(), "abc");
        assertThat(heard.starts.get(1).step()).isEqualTo(8);
    }

    @Test
    void aModelMayWrapWhatKeptItFromWriting() throws IOException {
        LogisticModel model = new LogisticModel(options, EXAMPLES, 0.2) {
            @Override
            public void writeState(Path target) throws IOException {
                super.writeState(target);
                throw new ClozeException(Problem.DISK_WRITE, "No luck.", new IOException("No space left on device"));
            }
        };
        assertThatThrownBy(() -> train(options, model, "abc"))
                .hasMessageContaining("The checkpoint of step 8 could not be written")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("There is no earlier checkpoint.");
        assertThat(entries()).containsExactly(".lock");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
