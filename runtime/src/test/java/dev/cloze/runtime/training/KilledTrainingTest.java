package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.TrainingEnded;
import dev.cloze.runtime.TrainingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes, really killed. */
class KilledTrainingTest {

    private static final int STEPS = 60;

    /** Milliseconds a step of a training that is asked to end: a busy machine takes its time to ask. */
    private static final String SLOWLY = "60";

    @TempDir
    private Path folder;

    private Path journal = Path.of("");

    @BeforeEach
    void nameTheJournal() {
        journal = folder.resolve("journal.txt");
    }

    /** The training that is killed: writes each loss, bit for bit, and when it is at writing a checkpoint, and dawdles. */
    static final class Training {
        public static void main(String[] args) {
            Path folder = Path.of(args[0]);
            int checkpointEvery = Integer.parseInt(args[1]);
            int delay = args.length > 2 ? Integer.parseInt(args[2]) : 10;
            run(options(folder, checkpointEvery), folder.resolve("journal.txt"), delay, ProgressDisplay.listener());
        }

        static TrainingOptions options(Path folder, int checkpointEvery) {
            return TrainingOptions.defaults()
                    .withLearningRate(0.3)
                    .withMaxSteps(STEPS)
                    .withAccumulation(2)
                    .withEvaluateEvery(6)
                    .withWeightDecay(0.01)
                    .withCheckpointFolder(folder.resolve("checkpoints"))
                    .withCheckpointEvery(checkpointEvery);
        }

        static void run(TrainingOptions options, Path journal, int delay, TrainingListener display) {
            TrainingListener writer = writer(journal, delay);
            LogisticModel model = new LogisticModel(options, 43, 0.2) {
                @Override
                public void writeState(Path target) throws IOException {
                    write(journal, "writing");
                    Files.write(target.resolve("first.bin"), new byte[1000]);
                    pause(5 * delay);
                    super.writeState(target);
                    pause(5 * delay);
                }
            };
            TrainingEnded ended =
                    new TrainingLoop(options, new TrainingTask(43, 0, Map.of()), List.of(writer, display)).run(model);
            write(journal, ended.reason() + " " + model.devScore());
        }

        static TrainingListener writer(Path journal, int delay) {
            return new TrainingListener() {
                @Override
                public void onStep(StepEnded step) {
                    write(journal, step.step() + " " + Double.doubleToLongBits(step.loss()));
                    pause(delay);
                }
            };
        }

        private static void write(Path journal, String line) {
            try {
                Files.writeString(journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void pause(int millis) {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A user's training of the default model, which is saved at its end; dawdles likewise. */
    static final class RealTraining {
        public static void main(String[] args) {
            Path folder = Path.of(args[0]);
            TuningMethod method = TuningMethod.valueOf(args[1]);
            try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.TASK)
                    .method(method)
                    .quiet()
                    .listener(Training.writer(folder.resolve("journal.txt"), 60))
                    .options(options -> (method == TuningMethod.P_TUNING
                                    ? options.with(TuningOptions.PROMPT_LENGTH, 3)
                                    : options)
                            .withMaxSteps(12)
                            .withBatchSize(4)
                            .withEvaluateEvery(3)
                            .withCheckpointFolder(folder.resolve("checkpoints"))
                            .withCheckpointEvery(2))
                    .fit(Reviews.examples(), Reviews.examples())) {
                tuned.save(folder.resolve("saved"));
            }
        }

        static ChildJvm start(Path folder, TuningMethod method) throws IOException {
            return ChildJvm.start(RealTraining.class, List.of(folder.toString(), method.name()));
        }
    }

    private ChildJvm startTraining(int checkpointEvery) throws IOException {
        return ChildJvm.start(Training.class, List.of(folder.toString(), Integer.toString(checkpointEvery)));
    }

    private List<String> lines() throws IOException {
        return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
    }

    private void awaitLines(ChildJvm child, int count, String last) throws IOException, InterruptedException {
        await(child, () -> isAt(lines(), count, last));
    }

    private static void await(ChildJvm child, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("the training makes progress").isLessThan(deadline);
            assertThat(child.process().isAlive())
                    .as(() -> Files.exists(child.outputFile()) ? read(child.outputFile()) : "")
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static boolean isAt(List<String> lines, int count, String last) {
        return lines.size() >= count && lines.get(lines.size() - 1).startsWith(last);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The journal of a training that nobody disturbs. */
    private List<String> undisturbed(int checkpointEvery) throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Training.run(
                Training.options(other, checkpointEvery), other.resolve("journal.txt"), 0, new TrainingListener() {});
        return Files.readAllLines(other.resolve("journal.txt"));
    }

    @Test
    void aKilledTrainingGoesOnWithTheLossesItWouldHaveHad() throws Exception {
        ChildJvm first = startTraining(7);
        awaitLines(first, 18, "");
        first.kill();
        ChildJvm second = startTraining(7);
        awaitLines(second, lines().size() + 3, "writing");
        second.kill();
        assertThat(startTraining(7).await()).isZero();
        assertSameAsUndisturbed(7);
    }

    /** Killed between two steps, then at writing a checkpoint; the losses and what is saved are as if it had not been. */
    @ParameterizedTest
    @EnumSource(
            value = TuningMethod.class,
            names = {"PROMPT_FINE_TUNING", "PREFIX_TUNING"})
    void aKilledTrainingOfTheRealModelGoesOnBitForBit(TuningMethod method) throws Exception {
        assertGoesOnBitForBit(method);
    }

    /** The same with a network that is dropped at the end, beside a model that is tuned too, and with a head of its own. */
    @ParameterizedTest
    @EnumSource(
            value = TuningMethod.class,
            names = {"P_TUNING", "P_TUNING_V2"})
    @Tag("slow")
    void aKilledTrainingOfMoreThanOnePartGoesOnBitForBit(TuningMethod method) throws Exception {
        assertGoesOnBitForBit(method);
    }

    private void assertGoesOnBitForBit(TuningMethod method) throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        ChildJvm undisturbed = RealTraining.start(other, method);
        ChildJvm first = RealTraining.start(folder, method);
        awaitLines(first, 5, "");
        first.kill();
        ChildJvm second = RealTraining.start(folder, method);
        await(second, () -> isThere("checkpoints/.step-8.partial") || isThere("checkpoints/step-8"));
        second.kill();
        assertThat(folder.resolve("saved")).doesNotExist();
        ChildJvm third = RealTraining.start(folder, method);
        assertThat(third.await()).as(third.output()).isZero();
        assertThat(undisturbed.await()).as(undisturbed.output()).isZero();
        assertThat(lines()).filteredOn(line -> line.startsWith("1 ")).hasSize(1);
        assertThat(lossesByStep(lines()))
                .hasSize(12)
                .isEqualTo(lossesByStep(Files.readAllLines(other.resolve("journal.txt"))));
        for (String file : List.of("tuned.safetensors", "manifest.json")) {
            assertThat(folder.resolve("saved").resolve(file))
                    .hasSameBinaryContentAs(other.resolve("saved").resolve(file));
        }
    }

    private boolean isThere(String entry) {
        return Files.exists(folder.resolve(entry));
    }

    @Test
    void askedToEndATrainingWritesALastCheckpoint() throws Exception {
        assumeThat(Files.exists(Path.of("/bin/kill")))
                .as("no Unix signals here")
                .isTrue();
        ChildJvm first = ChildJvm.start(Training.class, List.of(folder.toString(), "1000", SLOWLY));
        awaitLines(first, 8, "");
        first.process().destroy();
        assertThat(first.await()).isEqualTo(128 + 15);
        assertGoesOnFromTheLastStep();
    }

    /** A library that draws bars might take the signal for itself. */
    @Test
    void ctrlCUnderAProgressBarWritesALastCheckpoint() throws Exception {
        ChildJvm.assumeTerminals();
        ChildJvm.assumeInterrupts();
        ChildJvm first = ChildJvm.startOnTerminal(Training.class, List.of(folder.toString(), "1000", SLOWLY), "");
        awaitLines(first, 8, "");
        assertThat(Files.readString(first.outputFile())).contains("Training").contains("/60");
        ProcessHandle java = first.process()
                .descendants() // what draws bars asks programs of its own for the terminal's width
                .filter(each -> each.info()
                        .command()
                        .filter(path -> path.endsWith("java"))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        new ProcessBuilder("/bin/kill", "-INT", Long.toString(java.pid()))
                .start()
                .waitFor();
        assertThat(first.await()).isEqualTo(128 + 2);
        assertGoesOnFromTheLastStep();
    }

    private void assertGoesOnFromTheLastStep() throws IOException, InterruptedException {
        int lastStep = lossesByStep(lines()).lastKey();
        assertThat(lastStep).isLessThan(STEPS);
        assertThat(folder.resolve("checkpoints/step-" + lastStep)).isDirectory();
        int before = lines().size();
        assertThat(startTraining(1000).await()).isZero();
        assertThat(lines().get(before)).startsWith((lastStep + 1) + " ");
        assertSameAsUndisturbed(1000);
    }

    private void assertSameAsUndisturbed(int checkpointEvery) throws IOException {
        List<String> expected = undisturbed(checkpointEvery);
        assertThat(lossesByStep(lines())).hasSize(STEPS).isEqualTo(lossesByStep(expected));
        assertThat(lines().get(lines().size() - 1))
                .startsWith("COMPLETED ")
                .isEqualTo(expected.get(expected.size() - 1));
    }

    /** Steps that were made twice must have had the same loss twice. */
    private static NavigableMap<Integer, String> lossesByStep(List<String> lines) {
        NavigableMap<Integer, String> losses = new TreeMap<>();
        for (String line : lines) {
            if (Character.isDigit(line.charAt(0))) {
                int space = line.indexOf(' ');
                String loss = line.substring(space + 1);
                String before = losses.put(Integer.valueOf(line.substring(0, space)), loss);
                assertThat(before).isIn(null, loss);
            }
        }
        return losses;
    }
}
