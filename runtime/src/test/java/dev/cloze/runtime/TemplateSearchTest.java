package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.FoundTemplates.Choice;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Templates written by a tiny T5, ranked by short trainings; what it writes is tested in {@code SharedBeamTest}. */
@ExtendWith(NothingLeftOpen.class)
class TemplateSearchTest {

    private static final List<Labeled<Review, Sentiment>> TRAIN = SearchRuns.TRAIN;
    private static final List<Labeled<Review, Sentiment>> DEV = SearchRuns.DEV;

    @TempDir
    Path folder;

    @Test
    void templatesAreRankedByTheTrainingsThatTheyGive() {
        FoundTemplates found =
                shown(SearchRuns.trainer(TuningMethod.LM_BFF)).searchTemplates(SearchRuns.SEARCH, TRAIN, DEV);
        assertThat(found.choices()).hasSize(3);
        assertThat(found.choices().stream().map(choice -> choice.devScore().orElseThrow()))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        Choice best = found.best();
        for (Choice choice : found.choices()) {
            try (PromptPipeline<Review, Sentiment> alone = shown(SearchRuns.trainer(TuningMethod.LM_BFF))
                    .options(options -> options.withMaxSteps(4))
                    .templates(List.of(choice.template()))
                    .fit(TRAIN, DEV)) {
                assertThat(choice.devScore())
                        .as("%s", choice)
                        .hasValue(alone.evaluate(DEV).accuracy());
            }
        }
        assertThat(found.source()).isEqualTo("@Template(\"" + best.template() + "\")");
        assertThat(found.source(2).lines()).hasSize(2);
        assertThat(found.toString().lines()).hasSize(3).allMatch(line -> line.matches("@Template\\(\".*\"\\) // .* %"));
    }

    /** With the same demonstrations in training as afterwards. */
    private static PromptTrainer<Review, Sentiment> shown(PromptTrainer<Review, Sentiment> trainer) {
        return trainer.options(options -> options.with(LmBffOptions.SETS, 1).with(LmBffOptions.DEV_SETS, 1));
    }

    @Test
    void equallyAccurateOnesStayInTheOrderTheyWereWrittenIn() {
        FoundTemplates written = SearchRuns.trainer(TuningMethod.PROMPT_FINE_TUNING)
                .searchTemplates(SearchRuns.SEARCH.withCandidates(5), TRAIN);
        assertThat(written.choices()).hasSize(5).allMatch(choice -> choice.devScore()
                .isEmpty());
        FoundTemplates ranked = SearchRuns.trainer(TuningMethod.PROMPT_FINE_TUNING)
                .options(options -> options.withLearningRate(1e-12)) // nothing is learnt: all that is equal stays so
                .searchTemplates(SearchRuns.SEARCH.withCandidates(5).withSteps(1), TRAIN, DEV);
        List<String> order = written.choices().stream().map(Choice::template).toList();
        for (int i = 1; i < ranked.choices().size(); i++) {
            Choice before = ranked.choices().get(i - 1);
            Choice one = ranked.choices().get(i);
            if (before.devScore().equals(one.devScore())) {
                assertThat(order.indexOf(one.template())).isGreaterThan(order.indexOf(before.template()));
            }
        }
        assertThat(ranked.choices().stream().map(Choice::devScore).distinct())
                .as("some are equal")
                .hasSizeLessThan(5);
    }

    @Test
    void whatIsFoundIsTunedWithAndKeptInTheArchive() throws IOException {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> tuned = SearchRuns.trainer(TuningMethod.PROMPT_FINE_TUNING)
                .templates(List.of("{mask}! {text}"))
                .fit(TRAIN)) {
            tuned.save(saved);
        }
        assertThat(Files.readString(saved.resolve("manifest.json"))).contains("{mask}! {text}");
        ClassificationTask<Review, Sentiment> pasted =
                Reviews.asked("{mask}! {text}").build();
        PromptPipeline.load(pasted, saved).close();
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, saved))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ARCHIVE_MISMATCH));
    }

    @Test
    void aSearchThatIsStoppedGoesOnWhereItWas() {
        Path run = folder.resolve("run");
        int[] steps = {0};
        TrainingListener stopping = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                if (++steps[0] == 5) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        PromptTrainer<Review, Sentiment> trainer = SearchRuns.trainer(TuningMethod.PROMPT_FINE_TUNING)
                .options(options -> options.withCheckpointFolder(run))
                .listener(stopping);
        assertCoded(() -> trainer.searchTemplates(SearchRuns.SEARCH, TRAIN, DEV), Problem.TRAINING_STOPPED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.resolve("template-1/result")).exists();
        assertThat(run.resolve("template-2/result")).doesNotExist();
        FoundTemplates resumed = trainer.searchTemplates(SearchRuns.SEARCH, TRAIN, DEV);
        assertThat(steps[0]).as("no step is made twice").isEqualTo(3 * 4);
        FoundTemplates whole =
                SearchRuns.trainer(TuningMethod.PROMPT_FINE_TUNING).searchTemplates(SearchRuns.SEARCH, TRAIN, DEV);
        assertThat(resumed.choices()).isEqualTo(whole.choices());
        FoundTemplates again = trainer.searchTemplates(SearchRuns.SEARCH, TRAIN, DEV);
        assertThat(steps[0]).as("what is done is not done again").isEqualTo(3 * 4);
        assertThat(again.choices()).isEqualTo(whole.choices());
    }

    @Test
    void whatCannotBeSearchedIsToldBeforeAnythingIsWritten() {
        TemplateSearch search = SearchRuns.SEARCH;
        PromptTrainer<Review, Sentiment> trainer = SearchRuns.trainer(TuningMethod.PROMPT_FINE_TUNING);
        assertCoded(() -> trainer.searchTemplates(search, TRAIN, List.of()), Problem.TRAINING_TOO_FEW_EXAMPLES)
                .hasMessageContaining("searchTemplates(search, train)");
        assertCoded(() -> trainer.searchTemplates(search, List.of()), Problem.TRAINING_TOO_FEW_EXAMPLES);
        assertCoded(
                        () -> trainer.searchTemplates(TemplateSearch.with("cloze-tiny-en"), TRAIN, DEV),
                        Problem.MODEL_UNSUPPORTED)
                .hasMessageContaining("\"cloze-tiny-en\" is none");
        for (TuningMethod method : List.of(TuningMethod.PET, TuningMethod.FINE_TUNING, TuningMethod.IN_CONTEXT)) {
            assertCoded(
                            () -> PromptTrainer.of(SearchRuns.task(method)).searchTemplates(search, TRAIN, DEV),
                            Problem.TUNING_OPTION_NOT_APPLICABLE)
                    .hasMessageContaining("PROMPT_FINE_TUNING")
                    .hasMessageContaining(method.name());
        }
        assertCoded(() -> search.withBeam(0), Problem.TRAINING_OPTION_OUT_OF_RANGE);
        assertCoded(() -> search.withMaxTokens(2), Problem.TRAINING_OPTION_OUT_OF_RANGE);
    }

    @Test
    void aT5ThatWritesNoTemplateIsTold() {
        Path random = TinyModels.encoderDecoder(folder.resolve("t5"), List.of("<extra_id_1>", "<extra_id_2>"));
        assertCoded(
                        () -> SearchRuns.trainer(TuningMethod.PROMPT_FINE_TUNING)
                                .searchTemplates(
                                        TemplateSearch.with(random.toString()).withBeam(2), TRAIN),
                        Problem.TEMPLATE_SEARCH_EMPTY)
                .hasMessageContaining("Widen the beam");
    }

    @Test
    void quotesAndBackslashesAreWrittenAsJavaHasThem() {
        Choice choice = new Choice("\"{text}\" \\ {mask}", -1, OptionalDouble.empty());
        assertThat(choice.source()).isEqualTo("@Template(\"\\\"{text}\\\" \\\\ {mask}\")");
        assertThat(new FoundTemplates(FoundTemplates.Measure.ACCURACY, List.of(choice)))
                .hasToString(choice.source());
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertCoded(
            ThrowingCallable call, Problem problem) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                .isEqualTo(problem));
    }
}
