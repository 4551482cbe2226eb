package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.annotations.Precision;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.spi.ClassificationTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who says in which numbers a task's model multiplies: the process, else the run, else the task, else the archive. */
class TaskPrecisionTest {

    private static final Review INPUT = Reviews.examples().get(3).input();

    @TempDir
    Path folder;

    @BeforeEach
    void findBfloat16() {
        assumeTrue(ComputePrecision.isThere(ComputeDevice.CPU), "this machine has no products in bfloat16");
    }

    @AfterEach
    void forget() {
        System.clearProperty("cloze.precision");
    }

    private static ClassificationTask<Review, Sentiment> task(Precision precision) {
        return Reviews.TASK.withTuning(Reviews.TASK.tuning().with("precision", precision));
    }

    private static double zeroShot(ClassificationTask<Review, Sentiment> task) {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(task)) {
            return answer(pipeline);
        }
    }

    private static double answer(PromptPipeline<Review, Sentiment> pipeline) {
        return Objects.requireNonNull(pipeline.predict(INPUT).probabilities().get(Sentiment.POSITIVE));
    }

    @Test
    void eachTaskHasItsOwnAtTheSameTime() {
        try (PromptPipeline<Review, Sentiment> half = PromptPipeline.zeroShot(task(Precision.BFLOAT16));
                PromptPipeline<Review, Sentiment> plain = PromptPipeline.zeroShot(Reviews.TASK)) {
            assertThat(answer(half)).isNotEqualTo(answer(plain)).isCloseTo(answer(plain), within(0.05));
        }
    }

    @Test
    void thePropertyWinsOverTheTask() {
        double plain = zeroShot(Reviews.TASK);
        double half = zeroShot(task(Precision.BFLOAT16));
        System.setProperty("cloze.precision", "bfloat16");
        assertThat(zeroShot(task(Precision.FLOAT32))).isEqualTo(half);
        System.setProperty("cloze.precision", "float32");
        assertThat(zeroShot(task(Precision.BFLOAT16))).isEqualTo(plain);
    }

    @Test
    void autoIsWhatTheProcessorIsFastIn() {
        Precision auto = Precision.valueOf(
                ComputePrecision.of(Optional.of(Precision.AUTO)).name());
        assertThat(zeroShot(task(Precision.AUTO))).isEqualTo(zeroShot(task(auto)));
    }

    @Test
    void theSameSeedGivesTheSameBitsInBfloat16() {
        List<List<Prediction<Sentiment>>> answers = new ArrayList<>();
        List<Review> inputs = Reviews.examples().stream().map(Labeled::input).toList();
        for (int run = 0; run < 2; run++) {
            try (PromptPipeline<Review, Sentiment> pipeline = PromptTrainer.of(Reviews.TASK)
                    .options(
                            options -> options.withPrecision(Precision.BFLOAT16).withMaxSteps(6))
                    .quiet()
                    .fit(Reviews.examples())) {
                answers.add(pipeline.predict(inputs));
            }
        }
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
    }

    @Test
    void aRunsPrecisionIsThatOfItsArchive() {
        double tuned;
        try (PromptPipeline<Review, Sentiment> pipeline = PromptTrainer.of(Reviews.TASK)
                .options(options -> options.withPrecision(Precision.BFLOAT16).withMaxSteps(2))
                .quiet()
                .fit(Reviews.examples())) {
            tuned = answer(pipeline);
            pipeline.save(folder);
        }
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.manifest().training().hyperParameters()).containsEntry("precision", "bfloat16");
        }
        assertThat(loaded(Reviews.TASK)).isEqualTo(tuned);
        assertThat(loaded(task(Precision.FLOAT32))).isNotEqualTo(tuned).isCloseTo(tuned, within(0.05));
        System.setProperty("cloze.precision", "float32");
        assertThat(loaded(Reviews.TASK)).isEqualTo(loaded(task(Precision.FLOAT32)));
    }

    private double loaded(ClassificationTask<Review, Sentiment> task) {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.load(task, folder)) {
            return answer(pipeline);
        }
    }

    @Test
    void aRunsPrecisionIsKnownBeforeItsOtherOptionsAre() {
        // 12 parts are more than the 8 examples that a step has until the second change
        try (PromptPipeline<Review, Sentiment> pipeline = PromptTrainer.of(
                        Reviews.TASK.withTuning(Reviews.TASK.tuning().with("batchSize", 16)))
                .options(options -> options.withAccumulation(12).withPrecision(Precision.BFLOAT16))
                .options(options -> options.withMaxSteps(1))
                .quiet()
                .fit(Reviews.examples())) {
            pipeline.save(folder);
        }
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.manifest().training().hyperParameters())
                    .containsEntry("precision", "bfloat16")
                    .containsEntry("accumulation", "12");
        }
    }

    @Test
    void aMethodWithoutALanguageModelHasNone() {
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> PromptTrainer.of(Reviews.TASK)
                .method(TuningMethod.LSTM)
                .options(options -> options.withPrecision(Precision.BFLOAT16))
                .quiet()
                .fit(Reviews.examples()));
        assertThat(refused.problem()).isEqualTo(Problem.TUNING_OPTION_NOT_APPLICABLE);
        assertThat(refused).hasMessageContaining("The option precision means nothing to LSTM");
    }
}
