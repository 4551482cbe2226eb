package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTrainerTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final Labeled<Review, Sentiment> GOOD = EXAMPLES.get(0);
    private static final Labeled<Review, Sentiment> BAD = EXAMPLES.get(1);

    @Test
    void noExamplesAtAllAreRefused() {
        assertRefused(List.of(), "There are no training examples.");
    }

    @Test
    void examplesOfOneLabelAloneAreRefusedByThatLabel() {
        assertRefused(List.of(GOOD), "NEGATIVE");
    }

    private static void assertRefused(List<Labeled<Review, Sentiment>> train, String sentence) {
        assertThatThrownBy(() -> fit(train, options -> options))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_TOO_FEW_EXAMPLES))
                .hasMessageContaining(sentence);
    }

    @Test
    void oneExampleALabelIsEnoughToTrainOn() {
        try (PromptPipeline<Review, Sentiment> tuned = fit(List.of(GOOD, BAD), options -> options.withMaxSteps(20))) {
            assertThat(tuned.predict(GOOD.input()).label()).isEqualTo(Sentiment.POSITIVE);
            assertThat(tuned.predict(BAD.input()).label()).isEqualTo(Sentiment.NEGATIVE);
        }
    }

    @Test
    void unbalancedAndContradictoryExamplesAreTrainedOnWithARemark() {
        List<Labeled<Review, Sentiment>> train = new ArrayList<>(EXAMPLES);
        train.add(new Labeled<>(GOOD.input(), Sentiment.NEGATIVE));
        for (int i = 0; i < 20; i++) {
            train.add(GOOD);
        }
        List<String> log = Logged.during(() -> {
            try (PromptPipeline<Review, Sentiment> tuned = fit(train, options -> options.withMaxSteps(3))) {
                assertThat(tuned.predict(GOOD.input()).probability()).isBetween(0.5, 1.0);
            }
        });
        assertThat(log)
                .anyMatch(line -> line.endsWith("The training examples are unbalanced: 28 POSITIVE, 9 NEGATIVE."))
                .anyMatch(line -> line.endsWith(
                        "1 input has contradictory labels, such as POSITIVE, NEGATIVE for " + GOOD.input() + "."))
                .noneMatch(line -> line.contains("Exception"));
        assertThat(Logged.during(
                        () -> fit(EXAMPLES, options -> options.withMaxSteps(1)).close()))
                .noneMatch(line -> line.contains("unbalanced") || line.contains("contradictory"));
    }

    @Test
    void oneOfSeveralTemplatesIsTunedAndLoadedAgain(@TempDir Path folder) {
        ClassificationTask<Review, Sentiment> several = Reviews.builder()
                .template("{text} All in all: {mask}.")
                .template(
                        "Just {mask}! {text}",
                        Map.of(Sentiment.NEGATIVE, List.of("awful"), Sentiment.POSITIVE, List.of("wonderful")))
                .build();
        assertThatThrownBy(() -> PromptTrainer.of(several)
                        .method(TuningMethod.IN_CONTEXT)
                        .fit(EXAMPLES))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TUNING_SEVERAL_TEMPLATES))
                .hasMessageContaining("trainer().template(0)");
        assertThatThrownBy(() -> PromptTrainer.of(several).template(3)).isInstanceOf(IndexOutOfBoundsException.class);
        Prediction<Sentiment> expected;
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(several)
                .template(2)
                .quiet()
                .options(options -> options.withMaxSteps(3))
                .fit(EXAMPLES)) {
            expected = tuned.predict(GOOD.input());
            tuned.save(folder.resolve("third"));
        }
        assertThat(expected.words())
                .extracting(Prediction.WordProbability::word)
                .containsExactlyInAnyOrder("wonderful", "awful");
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(several, folder.resolve("third"))) {
            assertThat(loaded.predict(GOOD.input())).isEqualTo(expected);
        }
    }

    @Test
    void aTemplateWithWordsOfSomeLabelsIsRefusedAndSoIsOneThatIsThereTwice() {
        assertTemplatesRefused(
                Problem.TEMPLATE_WORDS_INCOMPLETE,
                ClassificationTask.of(Review.class, Sentiment.class)
                        .template("{text} It was {mask}.", Map.of(Sentiment.POSITIVE, List.of("great"))));
        assertTemplatesRefused(
                Problem.TEMPLATE_REPEATED,
                ClassificationTask.of(Review.class, Sentiment.class)
                        .template("{text} It was {mask}.")
                        .template("{text} It was {mask}."));
    }

    private static void assertTemplatesRefused(
            Problem problem, ClassificationTask.Builder<Review, Sentiment> declaration) {
        ClassificationTask<Review, Sentiment> task = declaration
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, "great")
                .label(Sentiment.NEGATIVE, "bad")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        assertThatThrownBy(() -> PromptPipeline.zeroShot(task))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void aStoppedTrainingIsToldFromAFinishedOneByTheLogAndTheArchive(@TempDir Path folder) {
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                if (step.step() == 3) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        List<String> log = Logged.during(() -> {
            try (PromptPipeline<Review, Sentiment> stopped = trainer(options -> options.withMaxSteps(9))
                    .listener(interrupting)
                    .fit(EXAMPLES)) {
                assertThat(Thread.interrupted()).isTrue();
                stopped.save(folder.resolve("stopped"));
            }
        });
        assertThat(log).anyMatch(line -> line.contains("The training was stopped after step 3 of 9"));
        assertThat(record(folder.resolve("stopped")).end()).isEqualTo(TrainingListener.StopReason.INTERRUPTED);
        assertThat(record(folder.resolve("stopped")).steps()).isEqualTo(3);
        assertThat(record(folder.resolve("stopped")).stopped()).contains("stopped after step 3 of 9");
        try (PromptPipeline<Review, Sentiment> finished = fit(EXAMPLES, options -> options.withMaxSteps(2))) {
            finished.save(folder.resolve("finished"));
        }
        assertThat(record(folder.resolve("finished")).end()).isEqualTo(TrainingListener.StopReason.COMPLETED);
        assertThat(record(folder.resolve("finished")).stopped()).isEmpty();
    }

    private static TrainingRecord record(Path saved) {
        try (Archive archive = ArchiveReader.open(saved)) {
            return archive.manifest().training();
        }
    }

    @Test
    void aTrainingThatWasInterruptedGoesOnFromItsCheckpointAsIfItHadNot(@TempDir Path folder) {
        UnaryOperator<TrainingOptions> plan = options -> options.withMaxSteps(12);
        UnaryOperator<TrainingOptions> checkpointed = options -> plan.apply(options)
                .withCheckpointFolder(folder.resolve("checkpoints"))
                .withCheckpointEvery(4);
        List<Prediction<Sentiment>> expected;
        try (PromptPipeline<Review, Sentiment> whole = fit(EXAMPLES, plan)) {
            expected = predictions(whole);
        }
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                if (step.step() == 6) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        trainer(checkpointed).listener(interrupting).fit(EXAMPLES).close();
        assertThat(Thread.interrupted()).isTrue();
        List<Integer> steps = new ArrayList<>();
        TrainingListener counting = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                steps.add(step.step());
            }
        };
        try (PromptPipeline<Review, Sentiment> resumed =
                trainer(checkpointed).listener(counting).fit(EXAMPLES)) {
            assertThat(steps).containsExactly(7, 8, 9, 10, 11, 12);
            assertThat(predictions(resumed)).isEqualTo(expected);
        }
    }

    /** The best score so far is one on the development set. */
    @Test
    void aCheckpointWithAnotherDevelopmentSetIsRefused(@TempDir Path folder) {
        PromptTrainer<Review, Sentiment> trainer = trainer(options ->
                options.withMaxSteps(2).withCheckpointEvery(1).withCheckpointFolder(folder.resolve("checkpoints")));
        trainer.fit(EXAMPLES, EXAMPLES).close();
        trainer.fit(EXAMPLES, EXAMPLES).close();
        List<Labeled<Review, Sentiment>> relabelled = new ArrayList<>(EXAMPLES);
        relabelled.set(0, new Labeled<>(GOOD.input(), Sentiment.NEGATIVE));
        for (List<Labeled<Review, Sentiment>> dev : List.of(EXAMPLES.subList(0, 8), relabelled)) {
            assertThatThrownBy(() -> trainer.fit(EXAMPLES, dev))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_CHECKPOINT))
                    .hasMessageContaining("development data: ")
                    .hasMessageNotContaining("training data: ");
        }
    }

    @Test
    void theShareOfCutExamplesIsToldToListenersAndInTheEvaluation() {
        List<Labeled<Review, Sentiment>> train =
                List.of(new Labeled<>(new Review("long ".repeat(400)), Sentiment.NEGATIVE), GOOD, BAD, EXAMPLES.get(3));
        List<Double> shares = new ArrayList<>();
        try (PromptPipeline<Review, Sentiment> tuned = trainer(options -> options.withMaxSteps(1))
                .listener(sharesTo(shares))
                .fit(train)) {
            assertThat(shares).containsExactly(0.25);
            assertThat(tuned.evaluate(train).cutShare()).isEqualTo(0.25);
        }
    }

    @Test
    void theMasksOfLongWordsCountForTheShareOfCutExamples() {
        TaskTuning tokens24 = Reviews.TASK.tuning().with("maxLength", 24);
        Review full = new Review("long ".repeat(18));
        try (PromptPipeline<Review, Sentiment> oneMask =
                PromptPipeline.zeroShot(Reviews.builder().tuning(tokens24).build())) {
            assertThat(oneMask.predict(full).cut()).isFalse();
            assertThat(oneMask.predict(new Review(full.text() + "long")).cut()).isTrue();
        }
        ClassificationTask<Review, Sentiment> twoMasks =
                longWords().tuning(tokens24).build();
        List<Labeled<Review, Sentiment>> train =
                List.of(new Labeled<>(full, Sentiment.NEGATIVE), GOOD, BAD, EXAMPLES.get(3));
        List<Double> shares = new ArrayList<>();
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(twoMasks)
                .quiet()
                .options(options -> options.withMaxSteps(1))
                .listener(sharesTo(shares))
                .fit(train)) {
            assertThat(shares).containsExactly(0.25);
            assertThat(tuned.evaluate(train).cutShare()).isEqualTo(0.25);
            assertThat(tuned.predict(full).cut()).isTrue();
            assertThat(tuned.predict(GOOD.input()).cut()).isFalse();
        }
    }

    @Test
    void labelWordsOfSeveralTokensAreTrainedJointly() {
        ClassificationTask<Review, Sentiment> task = longWords().build();
        List<Review> inputs = EXAMPLES.stream().map(Labeled::input).toList();
        double before;
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(task)) {
            before = zero.evaluate(EXAMPLES).accuracy();
            assertThat(zero.predict(inputs).get(0).words()).hasSize(2);
        }
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(100))
                .fit(EXAMPLES)) {
            assertThat(tuned.evaluate(EXAMPLES).accuracy())
                    .isGreaterThan(before)
                    .isGreaterThan(0.8);
        }
    }

    private static ClassificationTask.Builder<Review, Sentiment> longWords() {
        return Reviews.builder().label(Sentiment.POSITIVE, "worth seeing").label(Sentiment.NEGATIVE, "a waste");
    }

    private static TrainingListener sharesTo(List<Double> shares) {
        return new TrainingListener() {
            @Override
            public void onStart(TrainingStarted started) {
                shares.add(started.cutShare());
            }
        };
    }

    private static List<Prediction<Sentiment>> predictions(PromptPipeline<Review, Sentiment> pipeline) {
        return pipeline.predict(EXAMPLES.stream().map(Labeled::input).toList());
    }

    private static PromptTrainer<Review, Sentiment> trainer(UnaryOperator<TrainingOptions> change) {
        return PromptTrainer.of(Reviews.TASK).quiet().options(change);
    }

    private static PromptPipeline<Review, Sentiment> fit(
            List<Labeled<Review, Sentiment>> train, UnaryOperator<TrainingOptions> change) {
        return trainer(change).fit(train);
    }
}
