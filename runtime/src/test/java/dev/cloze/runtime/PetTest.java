package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
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
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NothingLeftOpen.class)
class PetTest {

    private static final List<Review> UNLABELED = Patterns.unlabeled(24);
    private static final List<Review> INPUTS =
            Patterns.DEV.stream().map(Labeled::input).toList();

    @TempDir
    Path folder;

    @Test
    void theClassifierIsSavedAndLoadedLikeAnyPipeline() {
        List<Prediction<Sentiment>> answers;
        try (PromptPipeline<Review, Sentiment> tuned =
                Patterns.trainer(TuningMethod.PET).fit(Patterns.TRAIN, Patterns.DEV, UNLABELED)) {
            answers = tuned.predict(INPUTS);
            tuned.save(folder.resolve("saved"));
        }
        assertThat(answers).allMatch(answer -> answer.words().isEmpty());
        try (PromptPipeline<Review, Sentiment> loaded =
                PromptPipeline.load(Patterns.task(TuningMethod.PROMPT_FINE_TUNING), folder.resolve("saved"))) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
    }

    /** The models, which come first, learn the same at any temperature. */
    @Test
    void theClassifierLearnsFromLabelsOfItsTemperature() {
        List<Double> usual = losses(2);
        List<Double> softer = losses(4);
        int steps = Patterns.brief().apply(TrainingOptions.defaults()).get(PetOptions.DISTILLATION_STEPS);
        int first = usual.size() - steps;
        assertThat(softer.subList(0, first)).isEqualTo(usual.subList(0, first));
        assertThat(softer.get(first)).isNotEqualTo(usual.get(first));
    }

    private static List<Double> losses(double temperature) {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        Patterns.trainer(TuningMethod.PET)
                .options(options -> options.with(PetOptions.REPETITIONS, 1).with(PetOptions.TEMPERATURE, temperature))
                .listener(listener)
                .fit(Patterns.TRAIN, Patterns.DEV, UNLABELED)
                .close();
        return losses;
    }

    @Test
    void aStreamGivesTheSameAsAList() {
        UnaryOperator<TrainingOptions> one = options -> options.with(PetOptions.REPETITIONS, 1);
        boolean[] closed = {false};
        try (PromptPipeline<Review, Sentiment> ofList =
                        Patterns.trainer(TuningMethod.PET).options(one).fit(Patterns.TRAIN, Patterns.DEV, UNLABELED);
                PromptPipeline<Review, Sentiment> ofStream = Patterns.trainer(TuningMethod.PET)
                        .options(one)
                        .fit(Patterns.TRAIN, Patterns.DEV, () -> UNLABELED.stream()
                                .onClose(() -> closed[0] = true))) {
            assertThat(ofStream.predict(INPUTS)).isEqualTo(ofList.predict(INPUTS));
        }
        assertThat(closed[0]).isTrue();
    }

    @Test
    void withoutTextsWithoutALabelItSaysWhatToDo() {
        assertThatThrownBy(() -> Patterns.trainer(TuningMethod.PET).fit(Patterns.TRAIN, Patterns.DEV))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TRAINING_UNLABELED_MISSING))
                .hasMessageContaining("fit(train, dev, unlabeled)")
                .hasMessageContaining("fitEnsemble");
        assertThatThrownBy(() -> Patterns.trainer(TuningMethod.PET).fit(Patterns.TRAIN, Patterns.DEV, INPUTS))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TRAINING_UNLABELED_MISSING))
                .hasMessageContaining("all 8 that were given are labelled examples as well");
    }

    @Test
    void labelledTextsAmongTheUnlabelledAreToldAndLeftOut() {
        List<Review> mixed = new ArrayList<>(UNLABELED);
        mixed.add(3, Patterns.TRAIN.get(0).input());
        mixed.add(9, Patterns.DEV.get(0).input());
        List<Prediction<Sentiment>> expected;
        try (PromptPipeline<Review, Sentiment> tuned =
                Patterns.trainer(TuningMethod.PET).fit(Patterns.TRAIN, Patterns.DEV, UNLABELED)) {
            expected = tuned.predict(INPUTS);
        }
        List<String> log = Logged.during(() -> {
            try (PromptPipeline<Review, Sentiment> tuned =
                    Patterns.trainer(TuningMethod.PET).fit(Patterns.TRAIN, Patterns.DEV, mixed)) {
                assertThat(tuned.predict(INPUTS)).isEqualTo(expected);
            }
        });
        assertThat(log).anyMatch(line -> line.contains("2 of the unlabelled texts are among the labelled examples"));
    }

    @Test
    void aModelThatDivergesIsToldAndLeftOut() throws IOException {
        // Whoever reads a 7 has an overflow, and the second template has one.
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .template("{text} All 7 said: {mask}.")
                .tuning(TaskTuning.of(
                        TuningMethod.PET,
                        PoisonedModel.in(folder.resolve("poisoned")).toString()))
                .build();
        List<Review> texts = UNLABELED.stream()
                .filter(review -> !review.text().contains("7"))
                .toList();
        Path run = folder.resolve("run");
        for (int time = 0; time < 2; time++) {
            List<Integer> trainings = new ArrayList<>();
            TrainingListener counting = new TrainingListener() {
                @Override
                public void onStart(TrainingStarted started) {
                    trainings.add(started.examples());
                }
            };
            List<String> log = Logged.during(() -> {
                try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                        .quiet()
                        .options(Patterns.brief())
                        .options(options ->
                                options.with(PetOptions.REPETITIONS, 1).withCheckpointFolder(run))
                        .listener(counting)
                        .fit(Patterns.TRAIN, Patterns.DEV, texts)) {
                    assertThat(tuned.predict(INPUTS)).hasSize(INPUTS.size());
                }
            });
            assertThat(log)
                    .anyMatch(line -> line.contains("pattern-2-1 diverged, and the others go on without it"))
                    .noneMatch(line -> line.contains("pattern-1-1 diverged"));
            assertThat(trainings).as("what is done is not done again").hasSize(time == 0 ? 3 : 0);
        }
        List<String> log = Logged.during(() -> {
            try (PromptPipeline<Review, Sentiment> ensemble = PromptTrainer.of(task)
                    .quiet()
                    .options(Patterns.brief())
                    .fitEnsemble(Patterns.TRAIN, Patterns.DEV)) {
                assertThat(ensemble.predict(INPUTS)).hasSize(INPUTS.size());
            }
        });
        assertThat(log)
                .as("an ensemble says so too")
                .anyMatch(line -> line.contains("pattern-2-1 diverged, and the others go on without it"));
        assertThatThrownBy(() -> PromptTrainer.of(task)
                        .quiet()
                        .options(Patterns.brief())
                        .template(1)
                        .fit(Patterns.TRAIN, Patterns.DEV, texts))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_DIVERGED))
                .hasMessageContaining("all 2 models");
    }

    @Test
    void theMaskedLanguageModelLossIsTrainedBeside() {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        UnaryOperator<TrainingOptions> one = options -> options.with(PetOptions.REPETITIONS, 1);
        Patterns.trainer(TuningMethod.PET)
                .options(one)
                .listener(listener)
                .fit(Patterns.TRAIN, Patterns.DEV, UNLABELED)
                .close();
        List<Double> without = List.copyOf(losses);
        losses.clear();
        Patterns.trainer(TuningMethod.PET)
                .options(one)
                .options(options -> options.with(PetOptions.AUXILIARY_WEIGHT, .5))
                .listener(listener)
                .fit(Patterns.TRAIN, Patterns.DEV, UNLABELED)
                .close();
        assertThat(losses.get(0))
                .as("half of it is the loss of guessing among thousands")
                .isGreaterThan(without.get(0) + .5);
        assertThatThrownBy(() -> Patterns.trainer(TuningMethod.PET)
                        .options(options -> options.with(PetOptions.AUXILIARY_WEIGHT, .5))
                        .fitEnsemble(Patterns.TRAIN, Patterns.DEV))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TRAINING_UNLABELED_MISSING));
    }

    @Test
    void anOptionOfAnotherMethodIsRefused() {
        assertThatThrownBy(() -> Patterns.trainer(TuningMethod.PET)
                        .options(options -> options.with(PetOptions.GENERATIONS, 2))
                        .fit(Patterns.TRAIN, Patterns.DEV, UNLABELED))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TUNING_OPTION_NOT_APPLICABLE))
                .hasMessageContaining("generations");
        assertThatThrownBy(() -> Patterns.trainer(TuningMethod.PROMPT_FINE_TUNING)
                        .template(0)
                        .fit(Patterns.TRAIN, Patterns.DEV, UNLABELED))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TUNING_OPTION_NOT_APPLICABLE))
                .hasMessageContaining("repetitions");
    }

    @Test
    void withoutTrainingTheMeanOfTheTemplatesScoresDecides() {
        ClassificationTask<Review, Sentiment> task = Patterns.task(TuningMethod.PET);
        List<Prediction<Sentiment>> together = predictions(task);
        List<Prediction<Sentiment>> first =
                predictions(task.withTemplates(task.templates().subList(0, 1)));
        List<Prediction<Sentiment>> second =
                predictions(task.withTemplates(task.templates().subList(1, 2)));
        for (int i = 0; i < INPUTS.size(); i++) {
            double expected = (margin(first.get(i)) + margin(second.get(i))) / 2;
            assertThat(margin(together.get(i))).isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-4));
        }
    }

    /** The difference of the two raw scores. */
    private static double margin(Prediction<Sentiment> prediction) {
        Map<Sentiment, Double> probabilities = prediction.probabilities();
        return Math.log(probabilities.getOrDefault(Sentiment.POSITIVE, 0.0))
                - Math.log(probabilities.getOrDefault(Sentiment.NEGATIVE, 0.0));
    }

    private List<Prediction<Sentiment>> predictions(ClassificationTask<Review, Sentiment> task) {
        try (PromptPipeline<Review, Sentiment> zeroShot = PromptPipeline.zeroShot(task)) {
            List<Prediction<Sentiment>> answers = zeroShot.predict(INPUTS);
            Path saved = folder.resolve("zero-shot-" + task.templates().size() + "-"
                    + task.templates().get(0).text().hashCode());
            zeroShot.save(saved);
            try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, saved)) {
                assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
            }
            return answers;
        }
    }

    @Test
    void whatIsStoppedInAnyTrainingGoesOnAsIfItHadNotBeen() {
        List<Prediction<Sentiment>> whole;
        try (PromptPipeline<Review, Sentiment> tuned =
                Patterns.trainer(TuningMethod.PET).fit(Patterns.TRAIN, Patterns.DEV, UNLABELED)) {
            whole = tuned.predict(INPUTS);
        }
        int[] steps = {0};
        int stops = 0;
        while (stops < 20) {
            int until = steps[0] + 5;
            TrainingListener stopping = new TrainingListener() {
                @Override
                public void onStep(StepEnded step) {
                    if (++steps[0] == until) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
            PromptTrainer<Review, Sentiment> trainer = Patterns.trainer(TuningMethod.PET)
                    .options(options -> options.withCheckpointFolder(folder.resolve("run")))
                    .listener(stopping);
            try (PromptPipeline<Review, Sentiment> resumed = trainer.fit(Patterns.TRAIN, Patterns.DEV, UNLABELED)) {
                Thread.interrupted();
                assertThat(resumed.predict(INPUTS)).isEqualTo(whole);
                break;
            } catch (ClozeException e) {
                assertThat(e.problem()).isEqualTo(Problem.TRAINING_STOPPED);
                assertThat(Thread.interrupted()).isTrue();
                stops++;
            }
        }
        assertThat(stops).isBetween(3, 10);
        assertThat(steps[0]).as("no step of a finished training was made twice").isLessThanOrEqualTo(4 * 6 + 8);
        assertThat(Files.exists(folder.resolve("run/classifier/result"))).isTrue();
    }
}
