package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Words and templates of a regression, ranked by short trainings; what is found is tested in {@code WordFindingTest}. */
@ExtendWith(NothingLeftOpen.class)
class ScaleSearchTest {

    private static final List<Rated<Review>> TRAIN = Ratings.examples().subList(0, 8);
    private static final List<Rated<Review>> DEV = Ratings.examples().subList(8, 16);
    private static final int STEPS = WordRuns.STEPS;

    @TempDir
    Path folder;

    private static RegressionTrainer<Review> trainer() {
        return RegressionTrainer.of(Ratings.TASK).quiet().options(options -> options.withMaxSteps(STEPS)
                .withBatchSize(4)
                .withLearningRate(1e-3)
                .withEvaluateEvery(2));
    }

    @Test
    void pairsOfWordsAreRankedByTheTrainingsThatTheyGive() {
        FoundScaleWords found = trainer().searchWords(WordRuns.SEARCH, TRAIN, DEV);
        assertThat(found.choices()).hasSize(WordRuns.KEPT);
        for (FoundScaleWords.Choice choice : found.choices()) {
            try (RegressionPipeline<Review> tuned =
                    trainer().words(choice.low(), choice.high()).fit(TRAIN, DEV)) {
                assertThat(choice.devPearson().orElseThrow())
                        .as("%s", choice)
                        .isCloseTo(tuned.evaluate(DEV).pearson(), within(1e-5));
            }
        }
        assertThat(found.choices().stream().map(choice -> choice.devPearson().orElseThrow()))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        FoundScaleWords.Choice best = found.best();
        assertThat(found.source())
                .isEqualTo("@Scale(from = 0, to = 5, low = \"" + best.low() + "\", high = \"" + best.high() + "\")");
        assertThat(found.toString().lines())
                .hasSize(WordRuns.KEPT)
                .allMatch(line -> line.matches("@Scale\\(.*\\) // Pearson -?[01]\\.\\d{3}"));
    }

    @Test
    void templatesAreRankedByTheTrainingsThatTheyGive() {
        FoundTemplates found = trainer().searchTemplates(SearchRuns.SEARCH, TRAIN, DEV);
        assertThat(found.choices()).hasSize(3);
        assertThat(found.measure()).isEqualTo(FoundTemplates.Measure.PEARSON);
        for (FoundTemplates.Choice choice : found.choices()) {
            try (RegressionPipeline<Review> tuned =
                    trainer().template(choice.template()).fit(TRAIN, DEV)) {
                assertThat(choice.devScore().orElseThrow())
                        .as("%s", choice)
                        .isCloseTo(tuned.evaluate(DEV).pearson(), within(1e-5));
            }
        }
        assertThat(found.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.matches("@Template\\(\".*\"\\) // Pearson -?[01]\\.\\d{3}"));
    }

    /** Halves of the scale are labels to the T5: it writes what it writes for these. */
    @Test
    void templatesAreWrittenAroundTheWordOfTheNearerEnd() {
        var labels = Reviews.builder()
                .tuning(Ratings.TASK.tuning())
                .label(Reviews.Sentiment.NEGATIVE, Ratings.TASK.scale().low())
                .label(Reviews.Sentiment.POSITIVE, Ratings.TASK.scale().high())
                .build();
        assertThat(trainer().searchTemplates(SearchRuns.SEARCH, TRAIN).choices())
                .isEqualTo(PromptTrainer.of(labels)
                        .quiet()
                        .searchTemplates(SearchRuns.SEARCH, SearchRuns.TRAIN)
                        .choices());
    }

    @Test
    void aSearchThatIsStoppedGoesOnWhereItWas() {
        Path run = folder.resolve("run");
        int[] steps = {0};
        RegressionTrainer<Review> stopping = trainer()
                .options(options -> options.withCheckpointFolder(run))
                .listener(KillableRun.counting(made -> {
                    steps[0] = made;
                    if (made == STEPS + 1) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertCoded(() -> stopping.searchWords(WordRuns.SEARCH, TRAIN, DEV), Problem.TRAINING_STOPPED)
                .hasMessageContaining("goes on from " + run);
        assertThat(Thread.interrupted()).isTrue();
        List<FoundScaleWords.Choice> whole =
                trainer().searchWords(WordRuns.SEARCH, TRAIN, DEV).choices();
        assertThat(stopping.searchWords(WordRuns.SEARCH, TRAIN, DEV).choices()).isEqualTo(whole);
        assertThat(steps[0]).as("no step is made twice").isEqualTo(WordRuns.KEPT * STEPS);
    }

    @Test
    void aValueThatChangesMakesTheTrainingsAnew() {
        Path run = folder.resolve("run");
        int[] steps = {0};
        RegressionTrainer<Review> kept = trainer()
                .options(options -> options.withCheckpointFolder(run))
                .listener(KillableRun.counting(made -> steps[0]++));
        kept.searchWords(WordRuns.SEARCH, TRAIN, DEV);
        List<Rated<Review>> other = new ArrayList<>(DEV);
        other.set(0, new Rated<>(DEV.get(0).input(), 4.9));
        kept.searchWords(WordRuns.SEARCH, TRAIN, other);
        assertThat(steps[0]).isEqualTo(2 * WordRuns.KEPT * STEPS);
    }

    @Test
    void aPairThatDivergesIsToldAndLeftOut() throws IOException {
        Path poisoned = PoisonedModel.saying("awful", folder.resolve("poisoned"));
        RegressionTrainer<Review> trainer = RegressionTrainer.of(Ratings.builder()
                        .tuning(dev.cloze.runtime.spi.TaskTuning.of(
                                TuningMethod.PROMPT_FINE_TUNING, poisoned.toString()))
                        .build())
                .quiet()
                .options(options -> options.withMaxSteps(2).withLearningRate(1e-4));
        List<FoundScaleWords.Choice> choices = new ArrayList<>();
        List<String> log = Logged.during(() -> choices.addAll(
                trainer.searchWords(WordSearch.byCombination().withCandidates(3).withKept(6), TRAIN, DEV)
                        .choices()));
        assertThat(log).anyMatch(line -> line.contains("diverged, and it is left out"));
        assertThat(choices).isNotEmpty().noneMatch(choice -> choice.low().equals("awful"));
        try (var left = Files.list(folder)) {
            assertThat(left).as("nothing is rescued").containsOnly(poisoned);
        }
    }

    @Test
    void oneWordOfEachEndIsFoundByItsRatioToo() {
        FoundScaleWords found =
                trainer().searchWords(WordSearch.byLikelihoodRatio().withWordsPerLabel(1), TRAIN, List.of());
        assertThat(found.choices()).hasSize(1);
        FoundScaleWords.Choice best = found.best();
        try (RegressionPipeline<Review> asked = RegressionPipeline.zeroShot(
                Ratings.TASK.withScale(Ratings.TASK.scale().withWords(best.low(), best.high())))) {
            assertThat(best.trainPearson())
                    .isGreaterThan(0.2)
                    .isCloseTo(asked.evaluate(TRAIN).pearson(), within(1e-5));
        }
        assertCoded(
                        () -> trainer().searchWords(WordSearch.byLikelihoodRatio(), TRAIN, List.of()),
                        Problem.TRAINING_OPTION_OUT_OF_RANGE)
                .hasMessageContaining("wordsPerLabel of the search for words is 10")
                .hasMessageContaining("withWordsPerLabel(1)");
    }

    @Test
    void whatCannotBeRankedIsToldBeforeAnythingIsSought() {
        RegressionTrainer<Review> head = trainer().method(TuningMethod.FINE_TUNING);
        assertCoded(() -> head.searchWords(WordRuns.SEARCH, TRAIN, DEV), Problem.TUNING_OPTION_NOT_APPLICABLE)
                .hasMessageContaining("one of PROMPT_FINE_TUNING, LM_BFF,");
        assertCoded(() -> head.searchTemplates(SearchRuns.SEARCH, TRAIN, DEV), Problem.TUNING_OPTION_NOT_APPLICABLE);
        assertCoded(
                () -> trainer().searchTemplates(SearchRuns.SEARCH, TRAIN, List.of()),
                Problem.TRAINING_TOO_FEW_EXAMPLES);
        List<Rated<Review>> alike =
                TRAIN.stream().map(one -> new Rated<>(one.input(), 2)).toList();
        assertCoded(() -> trainer().searchWords(WordRuns.SEARCH, alike, DEV), Problem.TRAINING_TOO_FEW_EXAMPLES)
                .hasMessageContaining("All training examples have the value 2.0");
        assertCoded(() -> trainer().searchWords(WordRuns.SEARCH, TRAIN, alike), Problem.TRAINING_TOO_FEW_EXAMPLES)
                .hasMessageContaining("All development examples have the value 2.0");
        assertCoded(() -> trainer().searchWords(WordRuns.SEARCH, List.of(), DEV), Problem.TRAINING_TOO_FEW_EXAMPLES)
                .hasMessageContaining("There are no training examples.");
    }

    private static AbstractThrowableAssert<?, ?> assertCoded(ThrowingCallable call, Problem problem) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                .isEqualTo(problem));
    }
}
