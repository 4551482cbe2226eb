package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.ClozeAnswer.RankedWord;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tokenizer.TokenizerFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Words ranked by several templates together: the mean of their log-probabilities (Jiang et al. 2020, equation 4). */
@ExtendWith(NothingLeftOpen.class)
class ClozeTemplatesTest {

    private static final List<String> TEMPLATES =
            List.of("{text} It was {mask}.", "{mask}! {text}", "{text} So {mask}.");
    private static final List<Answered<Review>> TRAIN = Gaps.examples().subList(0, 8);
    private static final List<Answered<Review>> DEV = Gaps.examples().subList(8, 16);
    private static final List<Review> INPUTS = DEV.stream().map(Answered::input).toList();
    private static final List<String> OTHERS = List.of("film", "really good", "story");

    @TempDir
    Path folder;

    private static ClozeTask.Builder<Review> open() {
        return Gaps.open(TEMPLATES.get(0)).template(TEMPLATES.get(1)).template(TEMPLATES.get(2));
    }

    private static ClozeTask<Review> task() {
        return open().candidates("great", "quite poor", "terrible").build();
    }

    private static ClozeTask<Review> alone(ClozeTask<Review> task, int template) {
        return task.withTemplates(List.of(task.templates().get(template)));
    }

    @ParameterizedTest
    @EnumSource
    void withoutTrainingAWordsScoreIsTheMeanOfEachTemplates(Calibration calibration) {
        for (ClozeTask.Builder<Review> builder :
                List.of(open(), open().candidates("great", "quite poor", "terrible"))) {
            ClozeTask<Review> task = builder.calibration(calibration).build();
            List<List<ClozeAnswer>> each = IntStream.range(0, 3)
                    .mapToObj(template -> {
                        try (ClozePipeline<Review> one = ClozePipeline.zeroShot(alone(task, template))) {
                            return one.predict(INPUTS);
                        }
                    })
                    .toList();
            List<List<ClozeAnswer>> others = IntStream.range(0, 3)
                    .mapToObj(template -> {
                        try (ClozePipeline<Review> one = ClozePipeline.zeroShot(alone(task, template))) {
                            return one.predict(INPUTS, OTHERS);
                        }
                    })
                    .toList();
            try (ClozePipeline<Review> pipeline = ClozePipeline.zeroShot(task)) {
                assertMeans(pipeline.predict(INPUTS), each);
                assertMeans(pipeline.predict(INPUTS, OTHERS), others);
            }
        }
    }

    /** Of an open vocabulary each shows its best words alone: those that all three show are compared. */
    private static void assertMeans(List<ClozeAnswer> together, List<List<ClozeAnswer>> each) {
        int compared = 0;
        for (int i = 0; i < together.size(); i++) {
            int input = i;
            for (RankedWord word : together.get(i).words()) {
                List<RankedWord> alone = each.stream()
                        .flatMap(one -> one.get(input).of(word.word()).stream())
                        .toList();
                if (alone.size() == each.size()) {
                    compared++;
                    double mean = alone.stream()
                            .mapToDouble(RankedWord::logProbability)
                            .average()
                            .orElseThrow();
                    assertThat(word.logProbability()).isCloseTo(mean, within(1e-4 + 1e-5 * Math.abs(mean)));
                }
            }
            assertThat(together.get(i).words().stream()
                            .mapToDouble(RankedWord::probability)
                            .sum())
                    .isLessThan(1 + 1e-5);
        }
        assertThat(compared).isGreaterThanOrEqualTo(3 * together.size());
    }

    @Test
    void trainedTheyAreTheMeanOfModelsThatAreTrainedAloneAndAreSavedTogether() {
        Path saved = folder.resolve("saved");
        List<ClozeAnswer> together;
        try (ClozePipeline<Review> ensemble = trainer(task()).fit(TRAIN, DEV)) {
            together = ensemble.predict(INPUTS);
            ensemble.save(saved);
            assertThat(ensemble.evaluate(DEV).meanReciprocalRank()).isGreaterThan(0.3);
        }
        try (ClozePipeline<Review> loaded = ClozePipeline.load(task(), saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(together);
        }
        List<List<ClozeAnswer>> each = IntStream.range(0, 3)
                .mapToObj(template -> {
                    try (ClozePipeline<Review> one =
                            trainer(task()).template(template).fit(TRAIN, DEV)) {
                        if (template == 1) {
                            one.save(folder.resolve("second"));
                        }
                        return one.predict(INPUTS);
                    }
                })
                .toList();
        assertMeans(together, each);
        assertThat(each.get(0)).isNotEqualTo(each.get(1));
        // What was tuned with one of its templates is read by the task that has them all.
        try (ClozePipeline<Review> second = ClozePipeline.load(task(), folder.resolve("second"))) {
            assertThat(second.predict(INPUTS)).isEqualTo(each.get(1));
        }
        assertRefused(
                Problem.ARCHIVE_MISMATCH,
                () -> ClozePipeline.load(alone(task(), 0), saved),
                "templates: saved with 2 or more");
    }

    @Test
    void whatIsStoppedGoesOnWithTheTemplateThatItWasAt() {
        ClozeTask<Review> task = open().candidates("great", "terrible", "poor").build();
        List<ClozeAnswer> whole;
        try (ClozePipeline<Review> ensemble = trainer(task).fit(TRAIN)) {
            whole = ensemble.predict(INPUTS);
        }
        int[] steps = {0};
        ClozeTrainer<Review> trainer = trainer(task)
                .options(options -> options.withCheckpointFolder(folder.resolve("run")))
                .listener(new TrainingListener() {
                    @Override
                    public void onStep(StepEnded step) {
                        if (++steps[0] == 5) {
                            Thread.currentThread().interrupt();
                        }
                    }
                });
        assertRefused(Problem.TRAINING_STOPPED, () -> trainer.fit(TRAIN), "stopped");
        assertThat(Thread.interrupted()).isTrue();
        try (ClozePipeline<Review> resumed = trainer.fit(TRAIN)) {
            assertThat(resumed.predict(INPUTS)).isEqualTo(whole);
        }
        assertThat(steps[0]).as("no step is made twice").isEqualTo(3 * 4);
    }

    /** Glued to a quotation mark a word is another token than behind a space, and some words are one token in one place alone. */
    @Test
    void whereMasksFollowASpaceAndWhereNotTheWordsOfBothAreRanked() throws IOException {
        String decoder = gpt2().toString();
        ClozeTask<Review> both = Gaps.open("{text} It was {mask}")
                .template("{text} It was \"{mask}")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, decoder))
                .build();
        try (ClozePipeline<Review> spaced = ClozePipeline.zeroShot(alone(both, 0));
                ClozePipeline<Review> glued = ClozePipeline.zeroShot(alone(both, 1));
                ClozePipeline<Review> together = ClozePipeline.zeroShot(both)) {
            Set<String> ofGlued = Set.copyOf(glued.words());
            List<String> common =
                    spaced.words().stream().filter(ofGlued::contains).toList();
            assertThat(spaced.words()).isNotEqualTo(glued.words());
            assertThat(together.words()).isEqualTo(common).isNotEmpty();
            List<ClozeAnswer> said = together.predict(INPUTS);
            for (int i = 0; i < INPUTS.size(); i++) {
                List<String> words =
                        said.get(i).top(5).stream().map(RankedWord::word).toList();
                ClozeAnswer one = spaced.predict(INPUTS.get(i), words);
                ClozeAnswer other = glued.predict(INPUTS.get(i), words);
                for (RankedWord word : said.get(i).top(5)) {
                    assertThat(word.logProbability()).isCloseTo((log(one, word) + log(other, word)) / 2, within(1e-4));
                }
            }
            String best = said.get(0).best();
            ClozeEvaluation measured = together.evaluate(List.of(new Answered<>(INPUTS.get(0), best)));
            assertThat(measured.precisionAt(1)).isEqualTo(1);
            assertThat(ClozeTrainer.of(both)
                            .answerable(List.of(
                                    new Answered<>(INPUTS.get(0), best), new Answered<>(INPUTS.get(1), "unsayable"))))
                    .extracting(Answered::answer)
                    .containsExactly(best);
        }
    }

    private Path gpt2() throws IOException {
        Path source = TokenizerFixtures.shared("models/tokenizers/gpt2");
        assumeTrue(Files.isDirectory(source), () -> "GPT-2's tokenizer is not beside the repository: " + source);
        Path model = TinyModels.gpt2(folder.resolve("gpt2"), 50_257);
        for (String file : List.of("vocab.json", "merges.txt")) {
            Files.copy(source.resolve(file), model.resolve(file));
        }
        return model;
    }

    private static double log(ClozeAnswer answer, RankedWord word) {
        return answer.of(word.word()).orElseThrow().logProbability();
    }

    @Test
    void anEngineServesThemBesideOthers() {
        ClozePipeline<Review> pipeline = ClozePipeline.zeroShot(open().build());
        List<ClozeAnswer> alone = pipeline.predict(INPUTS);
        List<ClozeAnswer> others = pipeline.predict(INPUTS, OTHERS);
        try (PromptEngine engine = PromptEngine.open()) {
            ServedClozePipeline<Review> served = engine.add(pipeline);
            ServedClozePipeline<Review> second =
                    engine.add(ClozePipeline.zeroShot(Gaps.builder().build()));
            List<CompletableFuture<ClozeAnswer>> asked =
                    INPUTS.stream().map(served::predictAsync).toList();
            CompletableFuture<ClozeAnswer> beside = second.predictAsync(INPUTS.get(0));
            for (int i = 0; i < alone.size(); i++) {
                assertThat(asked.get(i).join().words().get(0).logProbability())
                        .isCloseTo(alone.get(i).words().get(0).logProbability(), within(1e-4));
            }
            assertThat(served.predict(INPUTS.get(0), OTHERS).best())
                    .isEqualTo(others.get(0).best());
            assertThat(beside.join().words()).hasSize(3);
        }
    }

    @Test
    void oneTemplateForMethodsThatTakeOneAndNoneTwice() {
        assertRefused(
                Problem.TUNING_SEVERAL_TEMPLATES,
                () -> ClozeTrainer.of(task()).method(TuningMethod.PROMPT_TUNING).fit(TRAIN),
                "has 3 templates",
                "PROMPT_FINE_TUNING");
        ClozeTask<Review> twice =
                Gaps.builder().template("{text} It was {mask}.").build();
        assertRefused(Problem.TEMPLATE_REPEATED, () -> ClozePipeline.zeroShot(twice), "Templates 1 and 2");
        try (ClozePipeline<Review> first = ClozeTrainer.of(task())
                .method(TuningMethod.PROMPT_TUNING)
                .template(0)
                .quiet()
                .options(options -> options.withMaxSteps(1))
                .fit(TRAIN)) {
            assertThat(first.words()).hasSize(3);
        }
    }

    private static ClozeTrainer<Review> trainer(ClozeTask<Review> task) {
        return ClozeTrainer.of(task).quiet().options(options -> options.withMaxSteps(4)
                .withBatchSize(4)
                .withLearningRate(1e-3)
                .withEvaluateEvery(0));
    }

    private static void assertRefused(Problem problem, ThrowingCallable asked, String... said) {
        assertThatThrownBy(asked)
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageContainingAll(said);
    }
}
