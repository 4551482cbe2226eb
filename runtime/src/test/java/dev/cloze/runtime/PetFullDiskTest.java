package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.disk.DiskWatch;
import dev.cloze.runtime.disk.WatchedDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of PET whose disk is full from some place on, where Linux itself refuses what is written. */
@ExtendWith(NothingLeftOpen.class)
class PetFullDiskTest {

    private static final List<Review> INPUTS =
            Patterns.DEV.stream().map(Labeled::input).toList();

    @TempDir
    Path folder;

    /** Full as soon as something with this name is made. */
    private static final class Filling implements DiskWatch {
        private final String from;
        private boolean full;

        Filling(String from) {
            this.from = from;
        }

        @Override
        public void before(Change change, Path place) {
            full |= place.getFileName().toString().equals(from);
        }

        @Override
        public boolean isFull() {
            return full;
        }
    }

    /** Hears which trainings begin, and from which step. */
    private static final class Begun implements TrainingListener {
        private final List<Integer> from = new ArrayList<>();
        private int steps;

        @Override
        public void onStart(TrainingStarted started) {
            from.add(started.step());
        }

        @Override
        public void onStep(StepEnded step) {
            steps++;
        }
    }

    @Test
    void theSecondModelIsRefusedAndTheFirstIsNotTrainedAgain() {
        Begun begun = new Begun();
        assertGoesOn(".pattern-2-1.partial", begun);
        assertThat(begun.from)
                .as("two models and the classifier, the second twice")
                .hasSize(4)
                .containsOnly(0);
        assertThat(begun.steps).isBetween(2 * 6 + 8, 3 * 6 + 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {".soft-labels.partial", ".classifier.partial"})
    void whatComesBehindTheModelsIsRefusedAndTheModelsAreKept(String from) {
        Begun begun = new Begun();
        assertGoesOn(from, begun);
        assertThat(begun.from.size()).isEqualTo(from.startsWith(".classifier") ? 4 : 3);
    }

    private void assertGoesOn(String from, Begun begun) {
        assumeThat(Files.isWritable(WatchedDisk.FULL))
                .as("only Linux has a device without room")
                .isTrue();
        List<Prediction<Sentiment>> whole = answers(folder.resolve("whole"), new Begun());
        Filling filling = new Filling(from);
        Path disk = WatchedDisk.of(folder.resolve("disk"), filling);
        assertThatThrownBy(() -> answers(disk, begun))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DISK_WRITE))
                .hasMessageContaining("No space left on device");
        assertThat(folder.resolve("disk/pattern-1-1/step.json")).exists();
        assertThat(folder.resolve("disk").resolve(from)).doesNotExist();
        assertThat(folder.resolve("disk").resolve(from.replaceAll("^\\.|\\.partial$", "")))
                .doesNotExist();
        filling.full = false;
        // Room was made, and it is not filled again.
        assertThat(answers(WatchedDisk.of(folder.resolve("disk"), (change, place) -> {}), begun))
                .isEqualTo(whole);
    }

    private static List<Prediction<Sentiment>> answers(Path run, TrainingListener listener) {
        try (PromptPipeline<Review, Sentiment> tuned = Patterns.trainer(TuningMethod.PET)
                .options(options -> options.withCheckpointFolder(run).with(PetOptions.REPETITIONS, 1))
                .listener(listener)
                .fit(Patterns.TRAIN, Patterns.DEV, Patterns.unlabeled(24))) {
            return tuned.predict(INPUTS);
        }
    }
}
