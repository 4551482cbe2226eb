package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.FoundWords.Choice;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sets of label words, ranked by short trainings; what is found is tested in {@code WordFindingTest}. */
@ExtendWith(NothingLeftOpen.class)
class WordSearchTest {

    private static final List<Labeled<Review, Sentiment>> TRAIN = WordRuns.TRAIN;
    private static final List<Labeled<Review, Sentiment>> DEV = WordRuns.DEV;
    private static final int ALL_STEPS = WordRuns.KEPT * WordRuns.STEPS;

    @TempDir
    Path folder;

    private static PromptTrainer<Review, Sentiment> trainer() {
        return WordRuns.trainer(TuningMethod.PROMPT_FINE_TUNING);
    }

    /** A listener that is told the number of each step. */
    private static TrainingListener counting(java.util.function.IntConsumer steps) {
        return KillableRun.counting(steps);
    }

    @Test
    void setsAreRankedByTheTrainingsThatTheyGive() {
        assertRankedByTheirTrainings(trainer(), training -> training);
    }

    @Test
    void withoutAnyEvaluationInTrainingTheAccuracyIsMeasuredAfterwards() {
        assertRankedByTheirTrainings(
                trainer().options(options -> options.withEvaluateEvery(0)),
                training -> training.options(options -> options.withEvaluateEvery(0)));
    }

    private static void assertRankedByTheirTrainings(
            PromptTrainer<Review, Sentiment> searching,
            Function<PromptTrainer<Review, Sentiment>, PromptTrainer<Review, Sentiment>> alone) {
        List<Choice<Sentiment>> choices =
                searching.searchWords(WordRuns.SEARCH, TRAIN, DEV).choices();
        assertThat(choices).hasSize(WordRuns.KEPT);
        for (Choice<Sentiment> choice : choices) {
            try (PromptPipeline<Review, Sentiment> tuned =
                    alone.apply(trainer()).words(choice.words()).fit(TRAIN, DEV)) {
                assertThat(choice.devAccuracy())
                        .as("%s", choice.words())
                        .hasValue(tuned.evaluate(DEV).accuracy());
            }
        }
        assertThat(choices.stream().map(one -> one.devAccuracy().orElseThrow()))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void anEnsembleOfTemplatesIsMeasuredAsOne() {
        ClassificationTask<Review, Sentiment> task =
                Reviews.builder().template("{mask}! {text}").build();
        Function<ClassificationTask<Review, Sentiment>, PromptTrainer<Review, Sentiment>> brief =
                one -> PromptTrainer.of(one).quiet().options(options -> options.withMaxSteps(2)
                        .withBatchSize(4)
                        .withLearningRate(1e-3));
        int[] made = {0};
        Choice<Sentiment> best = brief.apply(task)
                .listener(counting(steps -> made[0] = steps))
                .searchWords(WordRuns.SEARCH.withKept(2), TRAIN, DEV)
                .best();
        assertThat(made[0]).isEqualTo(2 * 2 * 2);
        try (PromptPipeline<Review, Sentiment> tuned =
                brief.apply(task).words(best.words()).fit(TRAIN, DEV)) {
            assertThat(best.devAccuracy()).hasValue(tuned.evaluate(DEV).accuracy());
        }
    }

    @Test
    void aSetThatDivergesIsToldAndLeftOut() throws IOException {
        // The loss overflows wherever this word stands for the other label.
        Path poisoned = PoisonedModel.saying("awful", folder.resolve("poisoned"));
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, poisoned.toString()))
                .build();
        Path run = folder.resolve("run");
        List<Choice<Sentiment>> choices = new ArrayList<>();
        int[] made = {0};
        for (int time = 0; time < 2; time++) {
            List<String> log = Logged.during(() -> choices.addAll(PromptTrainer.of(task)
                    .quiet()
                    .listener(counting(steps -> made[0]++))
                    .options(options ->
                            options.withMaxSteps(2).withLearningRate(1e-4).withCheckpointFolder(run))
                    .searchWords(WordSearch.byCombination().withCandidates(3).withKept(6), TRAIN, DEV)
                    .choices()));
            assertThat(log)
                    .filteredOn(line -> line.contains("diverged, and it is left out"))
                    .hasSize(4);
        }
        assertThat(made[0]).as("what is done is not done again").isEqualTo(2 * 2);
        assertThat(choices).hasSize(2 + 2);
        assertThat(choices.subList(2, 4)).isEqualTo(choices.subList(0, 2));
        assertThat(choices.get(0).words().toString()).doesNotContain("awful");
        assertCoded(
                        () -> PromptTrainer.of(task)
                                .quiet()
                                .options(options -> options.withMaxSteps(2))
                                .searchWords(WordSearch.byCombination().withCandidates(2), TRAIN, DEV),
                        Problem.TRAINING_DIVERGED)
                .hasMessageContaining("all");
    }

    @Test
    void aSearchThatIsStoppedGoesOnWhereItWas() throws IOException {
        Path run = folder.resolve("run");
        int[] steps = {0};
        TrainingListener stopping = counting(made -> {
            steps[0] = made;
            if (made == WordRuns.STEPS + 1) {
                Thread.currentThread().interrupt();
            }
        });
        PromptTrainer<Review, Sentiment> trainer =
                trainer().options(options -> options.withCheckpointFolder(run)).listener(stopping);
        assertCoded(() -> trainer.searchWords(WordRuns.SEARCH, TRAIN, DEV), Problem.TRAINING_STOPPED)
                .hasMessageContaining("goes on from " + run);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.resolve("words-1/result")).exists();
        assertThat(run.resolve("words-2/result")).doesNotExist();
        List<Choice<Sentiment>> whole =
                trainer().searchWords(WordRuns.SEARCH, TRAIN, DEV).choices();
        assertThat(trainer.searchWords(WordRuns.SEARCH, TRAIN, DEV).choices()).isEqualTo(whole);
        assertThat(steps[0]).as("no step is made twice").isEqualTo(ALL_STEPS);
        assertThat(trainer.searchWords(WordRuns.SEARCH, TRAIN, DEV).choices()).isEqualTo(whole);
        assertThat(steps[0]).as("what is done is not done again").isEqualTo(ALL_STEPS);
        try (Stream<Path> left = Files.walk(run)) {
            assertThat(left.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .as("no checkpoint is left")
                    .containsOnly(".lock", "step.json", "found.json");
        }
    }

    @Test
    void anEnsembleThatIsStoppedNamesTheFolderOfTheSearch() {
        Path run = folder.resolve("run");
        ClassificationTask<Review, Sentiment> task =
                Reviews.builder().template("{mask}! {text}").build();
        assertCoded(
                        () -> PromptTrainer.of(task)
                                .quiet()
                                .options(options -> options.withMaxSteps(2).withCheckpointFolder(run))
                                .listener(counting(made -> {
                                    if (made == 3) {
                                        Thread.currentThread().interrupt();
                                    }
                                }))
                                .searchWords(WordRuns.SEARCH, TRAIN, DEV),
                        Problem.TRAINING_STOPPED)
                .hasMessageContaining("goes on from " + run + ".");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void withAnotherOptionTheTrainingsAreMadeAnew() {
        Path run = folder.resolve("run");
        int[] steps = {0};
        for (double learningRate : List.of(1e-3, 1e-4)) {
            List<Choice<Sentiment>> found = trainer()
                    .options(options -> options.withCheckpointFolder(run).withLearningRate(learningRate))
                    .listener(counting(made -> steps[0]++))
                    .searchWords(WordRuns.SEARCH, TRAIN, DEV)
                    .choices();
            assertThat(found)
                    .isEqualTo(trainer()
                            .options(options -> options.withLearningRate(learningRate))
                            .searchWords(WordRuns.SEARCH, TRAIN, DEV)
                            .choices());
        }
        assertThat(steps[0]).isEqualTo(2 * ALL_STEPS);
    }

    @Test
    void theModelIsLoadedOnceForAllTrainings() {
        Set<Integer> open = new HashSet<>();
        trainer()
                .listener(new TrainingListener() {
                    @Override
                    public void onStart(TrainingStarted started) {
                        open.add(OpenModels.identity("cloze-tiny-en"));
                    }
                })
                .searchWords(WordRuns.SEARCH, TRAIN, DEV);
        assertThat(open).hasSize(1);
    }

    @Test
    void whatCannotBeRankedIsToldBeforeAnyWordIsSought() {
        for (TuningMethod method : List.of(
                TuningMethod.FINE_TUNING,
                TuningMethod.SETFIT,
                TuningMethod.LSTM,
                TuningMethod.TF_IDF,
                TuningMethod.P_TUNING_V2,
                TuningMethod.PET,
                TuningMethod.IPET,
                TuningMethod.IN_CONTEXT)) {
            PromptTrainer<Review, Sentiment> trainer = PromptTrainer.of(SearchRuns.task(method));
            assertCoded(() -> trainer.searchWords(WordRuns.SEARCH, TRAIN, DEV), Problem.TUNING_OPTION_NOT_APPLICABLE)
                    .hasMessageContaining("Sets of label words are ranked by tuning with each of them")
                    .hasMessageContaining(method.name())
                    .hasMessageContaining("PROMPT_FINE_TUNING");
        }
        assertThat(PromptTrainer.of(SearchRuns.task(TuningMethod.PET))
                        .quiet()
                        .searchWords(WordRuns.SEARCH, TRAIN, List.of())
                        .choices())
                .as("where nothing is tuned any method will do")
                .hasSize(WordRuns.KEPT);
    }

    @Test
    void labelsWithoutAWordOfTheirOwnAreTold() throws IOException {
        Path poisoned = PoisonedModel.saying("awful", folder.resolve("poisoned"));
        PromptTrainer<Review, Sentiment> trainer = PromptTrainer.of(Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, poisoned.toString()))
                .build());
        assertCoded(
                        () -> trainer.quiet()
                                .searchWords(WordSearch.byCombination().withCandidates(1), TRAIN, List.of()),
                        Problem.TRAINING_OPTION_OUT_OF_RANGE)
                .hasMessageContaining("withCandidates");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertCoded(
            ThrowingCallable call, Problem problem) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                .isEqualTo(problem));
    }
}
