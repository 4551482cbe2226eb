package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.DemonstrationOptions;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Methods that tune a model for each template of a task, and let them answer together. */
@ExtendWith(NothingLeftOpen.class)
class TemplateEnsembleTest {

    private static final List<Labeled<Review, Sentiment>> TRAIN =
            Reviews.examples().subList(0, 8);
    private static final List<Labeled<Review, Sentiment>> DEV =
            Reviews.examples().subList(8, 16);
    private static final List<Review> INPUTS = DEV.stream().map(Labeled::input).toList();
    private static final List<String> TEMPLATES =
            List.of("{text} It was {mask}.", "{mask}! {text}", "{text} So {mask}.");

    @TempDir
    Path folder;

    private static ClassificationTask<Review, Sentiment> task(TuningMethod method, String backbone) {
        return Reviews.builder()
                .template(TEMPLATES.get(1))
                .template(TEMPLATES.get(2))
                .tuning(TaskTuning.of(method, backbone))
                .build();
    }

    private static PromptTrainer<Review, Sentiment> trainer(TuningMethod method) {
        return PromptTrainer.of(task(method, "cloze-tiny-en")).quiet().options(brief(method));
    }

    private static UnaryOperator<TrainingOptions> brief(TuningMethod method) {
        return options -> {
            TrainingOptions few = options.withMaxSteps(4)
                    .withBatchSize(4)
                    .withLearningRate(1e-3)
                    .withEvaluateEvery(2);
            return method == TuningMethod.LM_BFF
                    ? few.with(LmBffOptions.SETS, 2).with(LmBffOptions.DEV_SETS, 1)
                    : few;
        };
    }

    /** The difference of the two raw scores. */
    private static double margin(Prediction<Sentiment> prediction) {
        return Math.log(prediction.probabilities().getOrDefault(Sentiment.POSITIVE, 0.0))
                - Math.log(prediction.probabilities().getOrDefault(Sentiment.NEGATIVE, 0.0));
    }

    @ParameterizedTest
    @EnumSource(names = {"LM_BFF", "PROMPT_FINE_TUNING"})
    void theScoresAreTheMeanOfThoseOfModelsThatAreTrainedAlone(TuningMethod method) {
        List<Prediction<Sentiment>> together;
        try (PromptPipeline<Review, Sentiment> ensemble = trainer(method).fit(TRAIN, DEV)) {
            together = ensemble.predict(INPUTS);
            ensemble.save(folder.resolve("saved"));
        }
        try (PromptPipeline<Review, Sentiment> loaded =
                PromptPipeline.load(task(method, "cloze-tiny-en"), folder.resolve("saved"))) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(together);
        }
        List<List<Prediction<Sentiment>>> alone = IntStream.range(0, TEMPLATES.size())
                .mapToObj(template -> {
                    try (PromptPipeline<Review, Sentiment> one =
                            trainer(method).template(template).fit(TRAIN, DEV)) {
                        return one.predict(INPUTS);
                    }
                })
                .toList();
        for (int i = 0; i < INPUTS.size(); i++) {
            int input = i;
            double mean = alone.stream()
                    .mapToDouble(one -> margin(one.get(input)))
                    .average()
                    .orElseThrow();
            assertThat(margin(together.get(i))).isCloseTo(mean, within(1e-4));
        }
        assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
    }

    @Test
    void templatesThatWereFoundMakeAnEnsemble() {
        FoundTemplates found = SearchRuns.trainer(TuningMethod.LM_BFF).searchTemplates(SearchRuns.SEARCH, TRAIN);
        List<String> best = found.best(2);
        try (PromptPipeline<Review, Sentiment> ensemble =
                trainer(TuningMethod.LM_BFF).templates(best).fit(TRAIN)) {
            assertThat(ensemble.predict(INPUTS)).hasSize(INPUTS.size());
            ensemble.save(folder.resolve("found"));
        }
        ClassificationTask<Review, Sentiment> pasted = Reviews.asked(best.get(0))
                .template(best.get(1))
                .tuning(TaskTuning.of(TuningMethod.LM_BFF, "cloze-tiny-en"))
                .build();
        PromptPipeline.load(pasted, folder.resolve("found")).close();
    }

    @Test
    void demonstrationsLikeTheInputAreSavedForEachTemplate() throws IOException {
        UnaryOperator<TrainingOptions> similar =
                options -> options.withMaxSteps(1).with(DemonstrationOptions.SIMILARITY, "cloze-tiny-en");
        List<Prediction<Sentiment>> answers;
        try (PromptPipeline<Review, Sentiment> ensemble =
                trainer(TuningMethod.LM_BFF).options(similar).fit(TRAIN)) {
            answers = ensemble.predict(INPUTS);
            assertThat(Logged.during(() -> ensemble.save(folder.resolve("similar"))))
                    .filteredOn(line -> line.contains("of the training set as demonstrations"))
                    .singleElement()
                    .asString()
                    .contains("holds 8 texts");
        }
        assertThat(Files.readString(folder.resolve("similar/texts.json"))).contains("member.0.", "member.2.");
        try (PromptPipeline<Review, Sentiment> loaded =
                PromptPipeline.load(task(TuningMethod.LM_BFF, "cloze-tiny-en"), folder.resolve("similar"))) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
    }

    @Test
    void anEnsembleThatIsStoppedGoesOnWhereItWas() {
        List<Prediction<Sentiment>> whole;
        try (PromptPipeline<Review, Sentiment> ensemble =
                trainer(TuningMethod.LM_BFF).fit(TRAIN, DEV)) {
            whole = ensemble.predict(INPUTS);
        }
        int[] steps = {0};
        TrainingListener stopping = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                if (++steps[0] == 6) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        Path run = folder.resolve("run");
        PromptTrainer<Review, Sentiment> trainer = trainer(TuningMethod.LM_BFF)
                .options(options -> options.withCheckpointFolder(run))
                .listener(stopping);
        assertThatThrownBy(() -> trainer.fit(TRAIN, DEV))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_STOPPED));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.resolve("model-1/result")).exists();
        assertThat(run.resolve("model-2/result")).doesNotExist();
        try (PromptPipeline<Review, Sentiment> resumed = trainer.fit(TRAIN, DEV)) {
            assertThat(resumed.predict(INPUTS)).isEqualTo(whole);
        }
        assertThat(steps[0]).as("no step is made twice").isEqualTo(3 * 4);
    }

    @Test
    void otherUnlabelledTextsThatJudgeWordsAreTrainedOn() {
        int[] steps = {0};
        PromptTrainer<Review, Sentiment> judged = trainer(TuningMethod.PROMPT_FINE_TUNING)
                .options(options -> options.with(VerbalizerOptions.KIND, VerbalizerKind.KNOWLEDGEABLE)
                        .withCheckpointFolder(folder.resolve("run")))
                .listener(new TrainingListener() {
                    @Override
                    public void onStep(StepEnded step) {
                        steps[0]++;
                    }
                });
        judged.fit(TRAIN, DEV, Patterns.unlabeled(8)).close();
        assertThat(steps[0]).isEqualTo(3 * 4);
        judged.fit(TRAIN, DEV, Patterns.unlabeled(8)).close();
        assertThat(steps[0]).as("all is done already").isEqualTo(3 * 4);
        judged.fit(TRAIN, DEV, Patterns.unlabeled(9)).close();
        assertThat(steps[0]).isEqualTo(6 * 4);
    }

    @Test
    void aTemplateThatDivergesIsToldAndLeftOut() throws IOException {
        // Whoever reads a 7 has an overflow, and the second template has one.
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .template("{text} All 7 said: {mask}.")
                .template("{mask}! {text}")
                .tuning(TaskTuning.of(
                        TuningMethod.PROMPT_FINE_TUNING,
                        PoisonedModel.in(folder.resolve("poisoned")).toString()))
                .build();
        UnaryOperator<TrainingOptions> brief = brief(TuningMethod.PROMPT_FINE_TUNING);
        List<String> log = Logged.during(() -> {
            try (PromptPipeline<Review, Sentiment> tuned =
                    PromptTrainer.of(task).quiet().options(brief).fit(TRAIN, DEV)) {
                assertThat(tuned.predict(INPUTS)).hasSize(INPUTS.size());
                tuned.save(folder.resolve("left"));
            }
        });
        assertThat(log)
                .anyMatch(line -> line.contains(
                        "The training with \"{text} All 7 said: {mask}.\" diverged, and the others go on"));
        assertThat(Files.readString(folder.resolve("left/manifest.json"))).doesNotContain("All 7");
        PromptPipeline.load(task, folder.resolve("left")).close();
        ClassificationTask<Review, Sentiment> all = Reviews.asked("{text} All 7 said: {mask}.")
                .template("7 {mask}! {text}")
                .tuning(task.tuning())
                .build();
        assertThatThrownBy(() -> PromptTrainer.of(all).quiet().options(brief).fit(TRAIN, DEV))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_DIVERGED))
                .hasMessageContaining("all 2 templates diverged");
    }

    @Test
    void aTemplateThatTheModelCannotFillIsToldBeforeTheFirstTraining() {
        Path decoder = TinyModels.decoder(folder.resolve("llama"), 256, List.of("film"));
        ClassificationTask<Review, Sentiment> task = task(TuningMethod.PROMPT_FINE_TUNING, decoder.toString())
                .withTemplates(List.of(
                        Reviews.asked("{text} It was {mask}")
                                .build()
                                .templates()
                                .get(0),
                        Reviews.asked("{mask}! {text}").build().templates().get(0)));
        List<Integer> started = new ArrayList<>();
        TrainingListener counting = new TrainingListener() {
            @Override
            public void onStart(TrainingStarted training) {
                started.add(training.step());
            }
        };
        assertThatThrownBy(() -> PromptTrainer.of(task)
                        .quiet()
                        .options(brief(TuningMethod.PROMPT_FINE_TUNING))
                        .listener(counting)
                        .fit(TRAIN))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TEMPLATE_MASK_NOT_LAST));
        assertThat(started).isEmpty();
    }
}
