package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.archive.SmallDisk;
import dev.cloze.runtime.regression.SessionPipeline;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of a regression meets: numbers, measures, and what is refused. */
@ExtendWith(NothingLeftOpen.class)
class RegressionPipelineTest {

    private static final List<Rated<Review>> EXAMPLES = Ratings.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Rated::input).toList();

    @TempDir
    Path folder;

    @Test
    void itLearnsTheExamplesAndSaysHowWell() throws IOException {
        List<Double> scores = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onEvaluation(EvaluationEnded evaluation) {
                scores.add(evaluation.score());
            }
        };
        RegressionEvaluation before;
        try (RegressionPipeline<Review> zero = RegressionPipeline.zeroShot(Ratings.TASK)) {
            before = zero.evaluate(EXAMPLES);
        }
        try (RegressionPipeline<Review> tuned = trainer(60).listener(listener).fit(EXAMPLES, EXAMPLES)) {
            RegressionEvaluation after = tuned.evaluate(EXAMPLES);
            assertThat(after.pearson()).isGreaterThan(0.9).isGreaterThan(before.pearson());
            assertThat(after.meanSquaredError()).isLessThan(before.meanSquaredError());
            assertThat(scores).hasSize(3).anySatisfy(score -> assertThat(score)
                    .isCloseTo(after.pearson(), within(1e-5)));
            tuned.save(folder.resolve("saved"));
        }
        assertThat(Files.readString(folder.resolve("saved/manifest.json")))
                .contains("\"kind\": \"REGRESSION\"", "\"scale\": \"0.0 to 5.0\"", "\"dev Pearson\": ");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 5.01, Double.NaN, Double.POSITIVE_INFINITY})
    void aValueOutsideTheScaleIsRefusedWithItsPlace(double value) {
        List<Rated<Review>> wrong = new ArrayList<>(EXAMPLES);
        wrong.set(2, new Rated<>(EXAMPLES.get(2).input(), value));
        assertThatThrownBy(() -> trainer(1).fit(wrong))
                .hasMessageContaining("[ScaleValueOutside] The value of training example 3 is " + value
                        + ", which is not on the scale from 0.0 to 5.0");
        assertThatThrownBy(() -> trainer(1).fit(EXAMPLES, wrong))
                .hasMessageContaining("[ScaleValueOutside] The value of development example 3 is " + value);
        try (RegressionPipeline<Review> zero = RegressionPipeline.zeroShot(Ratings.TASK)) {
            assertThatThrownBy(() -> zero.evaluate(wrong))
                    .hasMessageContaining("[ScaleValueOutside] The value of example 3 is " + value);
        }
    }

    @Test
    void aHeadLearnsAWideScaleAsANarrowOneAndIsSavedWithIt() {
        List<List<Double>> answers = new ArrayList<>();
        for (double wide : List.of(1.0, 20.0)) {
            RegressionTask<Review> task = RegressionTask.of(Review.class)
                    .template("{text} It was {mask}.")
                    .placeholder("text", Review::text)
                    .scale(-5 * wide, 0, "terrible", "great")
                    .tuning(TaskTuning.of(TuningMethod.FINE_TUNING, "cloze-tiny-en"))
                    .build();
            List<Rated<Review>> examples = EXAMPLES.stream()
                    .map(one -> new Rated<>(one.input(), wide * (one.value() - 5)))
                    .toList();
            Path saved = folder.resolve("wide-" + wide);
            try (RegressionPipeline<Review> tuned = RegressionTrainer.of(task)
                    .quiet()
                    .options(o -> o.withMaxSteps(4).withLearningRate(1e-3))
                    .fit(examples)) {
                List<Double> said = tuned.predict(INPUTS);
                answers.add(said.stream().map(value -> value / wide).toList());
                tuned.save(saved);
                try (RegressionPipeline<Review> again = RegressionPipeline.load(task, saved)) {
                    assertThat(again.predict(INPUTS)).isEqualTo(said);
                }
            }
        }
        for (int i = 0; i < INPUTS.size(); i++) {
            assertThat(answers.get(1).get(i)).isCloseTo(answers.get(0).get(i), within(1e-5));
        }
    }

    @Test
    void theEndsOfTheScaleAreOnIt() {
        List<Rated<Review>> ends = List.of(new Rated<>(INPUTS.get(0), 5), new Rated<>(INPUTS.get(1), 0));
        try (RegressionPipeline<Review> tuned = trainer(3).fit(ends)) {
            assertThat(tuned.evaluate(ends).n()).isEqualTo(2);
        }
    }

    @Test
    void examplesThatNothingCanBeLearntFromAreRefusedBeforeTheFirstStep() {
        assertRefused(Problem.TRAINING_TOO_FEW_EXAMPLES, () -> trainer(1).fit(List.of()));
        List<Rated<Review>> alike = List.of(new Rated<>(INPUTS.get(0), 3), new Rated<>(INPUTS.get(1), 3));
        assertThatThrownBy(() -> trainer(1).fit(EXAMPLES, alike))
                .hasMessageContaining("[TrainingTooFewExamples] All development examples have the value 3.0");
        assertThatThrownBy(() -> trainer(1).method(TuningMethod.LM_BFF).fit(EXAMPLES.subList(0, 3)))
                .hasMessageContaining("[TrainingTooFewExamples]")
                .hasMessageContaining("\"terrible\" (up to 2.5) has 1 training example");
        assertRefused(Problem.INPUT_NULL, () -> trainer(1).fit(withoutOne()));
        assertRefused(Problem.INPUT_NULL, () -> trainer(1).fit(withoutInput()));
    }

    @SuppressWarnings("NullAway") // what a caller may not do
    private static List<Rated<Review>> withoutOne() {
        List<Rated<Review>> examples = new ArrayList<>(EXAMPLES);
        examples.add(null);
        return examples;
    }

    @SuppressWarnings("NullAway") // what a caller may not do
    private static List<Rated<Review>> withoutInput() {
        return List.of(EXAMPLES.get(0), new Rated<>(null, 1));
    }

    @Test
    void aClosedPipelineSaysSoAndNobodyEvaluatesOnNothing() {
        RegressionPipeline<Review> zero = RegressionPipeline.zeroShot(Ratings.TASK);
        assertRefused(Problem.EVALUATION_NO_EXAMPLES, () -> zero.evaluate(List.of()));
        assertThat(zero.predict(List.of())).isEmpty();
        zero.close();
        zero.close();
        assertRefused(Problem.PIPELINE_CLOSED, () -> zero.predict(INPUTS.get(0)));
        assertRefused(Problem.PIPELINE_CLOSED, () -> zero.save(folder.resolve("saved")));
    }

    @Test
    void archivesOfOtherKindsAndWordsAreRefused() {
        try (PromptPipeline<Review, Reviews.Sentiment> labels = PromptPipeline.zeroShot(Reviews.TASK);
                RegressionPipeline<Review> numbers = RegressionPipeline.zeroShot(Ratings.TASK)) {
            labels.save(folder.resolve("labels"));
            numbers.save(folder.resolve("numbers"));
        }
        assertThatThrownBy(() -> RegressionPipeline.load(Ratings.TASK, folder.resolve("labels")))
                .hasMessageContaining("[ArchiveMismatch]")
                .hasMessageContaining("saved with a task that chooses a label, now one that rates on a scale");
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, folder.resolve("numbers")))
                .hasMessageContaining("[ArchiveMismatch]")
                .hasMessageContaining("saved with a task that rates on a scale, now one that chooses a label");
        RegressionTask<Review> other = RegressionTask.of(Review.class)
                .template("{text} It was {mask}.")
                .placeholder("text", Review::text)
                .scale(0, 5, "bad", "great")
                .calibration(Calibration.PMI)
                .tuning(Ratings.TASK.tuning())
                .build();
        assertThatThrownBy(() -> RegressionPipeline.load(other, folder.resolve("numbers")))
                .hasMessageContaining("label low: saved with \"terrible\", now \"bad\"")
                .hasMessageContaining("calibration: saved with NONE, now PMI");
    }

    @Test
    void aCalibratedScaleIsInItsMiddleWithoutContent() {
        RegressionTask<Review> task = RegressionTask.of(Review.class)
                .template("{text} It was {mask}.")
                .placeholder("text", Review::text)
                .scale(-1, 1, "terrible", "great")
                .calibration(Calibration.PMI)
                .tuning(Ratings.TASK.tuning())
                .build();
        try (RegressionPipeline<Review> calibrated = RegressionPipeline.zeroShot(task)) {
            assertThat(calibrated.predict(new Review(""))).isCloseTo(0, within(1e-5));
        }
    }

    /** By which labels are chosen otherwise: their softmax of quotients would reach neither end. */
    @Test
    void aCalibratedScaleHasTheSharesOfPaperAndCodeAlike() {
        List<Double> numbers = new ArrayList<>();
        for (Compat compat : Compat.values()) {
            RegressionTask<Review> task = RegressionTask.of(Review.class)
                    .template("{text} It was {mask}.")
                    .placeholder("text", Review::text)
                    .scale(-1, 1, "terrible", "great")
                    .calibration(Calibration.CONTEXTUAL)
                    .tuning(Ratings.TASK.tuning().with("compat", compat))
                    .build();
            try (RegressionPipeline<Review> calibrated = RegressionPipeline.zeroShot(task)) {
                numbers.add(calibrated.predict(new Review("A lovely film")));
            }
            assertRefused(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    () -> RegressionTrainer.of(task).quiet().fit(List.of(new Rated<>(new Review("A film"), 0.5))));
        }
        assertThat(numbers.get(0)).isCloseTo(numbers.get(1), within(1e-5)).isNotZero();
    }

    @Test
    void aScaleWithNothingBetweenItsEndsOrOneWordIsRefused() {
        assertRefused(Problem.SCALE_RANGE, () -> RegressionTask.of(Review.class).scale(5, 0, "No", "Yes"));
        assertRefused(Problem.SCALE_RANGE, () -> RegressionTask.of(Review.class).scale(5, 5, "No", "Yes"));
        assertRefused(Problem.SCALE_RANGE, () -> RegressionTask.of(Review.class).scale(Double.NaN, 5, "No", "Yes"));
        assertRefused(Problem.SCALE_RANGE, () -> RegressionTask.of(Review.class)
                .scale(0, Double.POSITIVE_INFINITY, "No", "Yes"));
        assertRefused(Problem.VERBALIZER_DUPLICATE_WORD, () -> RegressionTask.of(Review.class)
                .scale(0, 5, "No", "No"));
    }

    @Test
    void oneOfSeveralTemplatesIsChosenForARun() {
        RegressionTask<Review> two = Ratings.asked("{text} It was {mask}.")
                .template("Just {mask}! {text}")
                .build();
        assertRefused(Problem.TUNING_SEVERAL_TEMPLATES, () -> RegressionPipeline.zeroShot(two));
        assertRefused(Problem.TUNING_SEVERAL_TEMPLATES, () -> RegressionTrainer.of(two)
                .fit(EXAMPLES));
        assertThatThrownBy(() -> RegressionTrainer.of(two).template(2)).isInstanceOf(IndexOutOfBoundsException.class);
        try (RegressionPipeline<Review> tuned = RegressionTrainer.of(two)
                .template(1)
                .quiet()
                .options(options -> options.withMaxSteps(2))
                .fit(EXAMPLES)) {
            tuned.save(folder.resolve("saved"));
            try (RegressionPipeline<Review> loaded = RegressionPipeline.load(two, folder.resolve("saved"))) {
                assertThat(loaded.predict(INPUTS)).isEqualTo(tuned.predict(INPUTS));
            }
        }
    }

    @Test
    void aDiskThatFillsUpLeavesWhatWasThere() {
        Path saved = folder.resolve("saved");
        try (SessionPipeline<Review> tuned =
                (SessionPipeline<Review>) trainer(2).fit(EXAMPLES)) {
            tuned.save(saved);
            List<Double> answers = tuned.predict(INPUTS);
            assertRefused(Problem.DISK_WRITE, () -> tuned.save(saved, SmallDisk.of(1000)));
            try (RegressionPipeline<Review> loaded = RegressionPipeline.load(Ratings.TASK, saved)) {
                assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
            }
        }
    }

    private static void assertRefused(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                .isEqualTo(problem));
    }

    private static RegressionTrainer<Review> trainer(int steps) {
        return RegressionTrainer.of(Ratings.TASK).quiet().options(options -> options.withMaxSteps(steps)
                .withEvaluateEvery(20)
                .withLearningRate(1e-3));
    }
}
