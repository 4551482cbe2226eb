package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Development examples that all have one label: it is told, and the best step is still the first of the highest score. */
@ExtendWith(NothingLeftOpen.class)
class OneLabelDevelopmentTest {

    private static final List<Labeled<Review, Sentiment>> NEGATIVE = Patterns.DEV.stream()
            .filter(example -> example.label() == Sentiment.NEGATIVE)
            .toList();
    private static final List<Review> INPUTS =
            Patterns.DEV.stream().map(Labeled::input).toList();

    /** What was measured in each training, and which of it was kept. */
    private static final class Measured implements TrainingListener {
        private final List<List<EvaluationEnded>> evaluations = new ArrayList<>();
        private final List<TrainingEnded> ends = new ArrayList<>();

        @Override
        public void onStart(TrainingStarted started) {
            evaluations.add(new ArrayList<>());
        }

        @Override
        public void onEvaluation(EvaluationEnded evaluation) {
            evaluations.get(evaluations.size() - 1).add(evaluation);
        }

        @Override
        public void onEnd(TrainingEnded ended) {
            ends.add(ended);
        }

        void assertTheFirstBestIsKept(int trainings) {
            assertThat(ends).hasSize(trainings);
            for (int i = 0; i < trainings; i++) {
                List<EvaluationEnded> all = evaluations.get(i);
                double most =
                        all.stream().mapToDouble(EvaluationEnded::score).max().orElseThrow();
                EvaluationEnded first = all.stream()
                        .filter(one -> one.score() == most)
                        .findFirst()
                        .orElseThrow();
                EvaluationEnded kept = ends.get(i).best().orElseThrow();
                assertThat(kept.step()).isEqualTo(first.step());
                assertThat(kept.score()).isEqualTo(most);
            }
        }
    }

    @Test
    void petKeepsTheStepThatSaysTheLabelMostAndTellsSo() {
        Measured measured = new Measured();
        List<String> log = Logged.during(() -> {
            try (PromptPipeline<Review, Sentiment> tuned = Patterns.trainer(TuningMethod.PET)
                    .template(0)
                    .options(options -> options.with(PetOptions.REPETITIONS, 1)
                            .withMaxSteps(12)
                            .withEvaluateEvery(1))
                    .listener(measured)
                    .fitEnsemble(Patterns.TRAIN, NEGATIVE)) {
                double kept = measured.ends.get(0).best().orElseThrow().score();
                assertThat(tuned.evaluate(NEGATIVE).accuracy()).isEqualTo(kept);
                assertThat(said(tuned.predict(
                                NEGATIVE.stream().map(Labeled::input).toList())))
                        .isEqualTo(kept);
            }
        });
        measured.assertTheFirstBestIsKept(1);
        assertThat(measured.ends.get(0).best().orElseThrow().step())
                .as("there was something to choose from")
                .isLessThan(12);
        assertThat(log)
                .anyMatch(line ->
                        line.contains("All 4 development examples are NEGATIVE. Who always answers so is right"));
    }

    private static double said(List<Prediction<Sentiment>> answers) {
        return answers.stream()
                        .filter(answer -> answer.label() == Sentiment.NEGATIVE)
                        .count()
                / (double) answers.size();
    }

    /** Members count what their templates know of the training examples, which have both labels, or all the same. */
    @Test
    void theDevelopmentExamplesDoNotWeighTheModelsOfPet() {
        Measured measured = new Measured();
        try (PromptPipeline<Review, Sentiment> one = Patterns.trainer(TuningMethod.PET)
                        .options(options -> options.withEvaluateEvery(0))
                        .fitEnsemble(Patterns.TRAIN, NEGATIVE);
                PromptPipeline<Review, Sentiment> none = Patterns.trainer(TuningMethod.PET)
                        .options(options -> options.withEvaluateEvery(0))
                        .listener(measured)
                        .fitEnsemble(Patterns.TRAIN, List.of())) {
            assertThat(one.predict(INPUTS)).isEqualTo(none.predict(INPUTS));
        }
        assertThat(measured.ends).hasSize(4).allMatch(end -> end.best().isEmpty());
    }

    @Test
    void lmBffKeepsTheFirstBestOfEachTemplateAndTheirMeanAnswers() {
        Measured measured = new Measured();
        List<List<Prediction<Sentiment>>> answers = new ArrayList<>();
        List<String> log = Logged.during(() -> {
            for (int template : new int[] {-1, 0, 1}) {
                PromptTrainer<Review, Sentiment> trainer = PromptTrainer.of(Patterns.task(TuningMethod.LM_BFF))
                        .quiet()
                        .options(options -> options.withMaxSteps(6)
                                .withBatchSize(4)
                                .withLearningRate(1e-3)
                                .withEvaluateEvery(1)
                                .with(LmBffOptions.SETS, 2)
                                .with(LmBffOptions.DEV_SETS, 1))
                        .listener(measured);
                try (PromptPipeline<Review, Sentiment> tuned =
                        (template < 0 ? trainer : trainer.template(template)).fit(Patterns.TRAIN, NEGATIVE)) {
                    answers.add(tuned.predict(INPUTS));
                }
            }
        });
        measured.assertTheFirstBestIsKept(4);
        for (int i = 0; i < INPUTS.size(); i++) {
            int input = i;
            double mean = IntStream.of(1, 2)
                    .mapToDouble(one -> margin(answers.get(one).get(input)))
                    .average()
                    .orElseThrow();
            assertThat(margin(answers.get(0).get(i))).isCloseTo(mean, within(1e-4));
        }
        assertThat(log)
                .filteredOn(line -> line.contains("All 4 development examples are NEGATIVE."))
                .hasSize(3);
    }

    private static double margin(Prediction<Sentiment> prediction) {
        Map<Sentiment, Double> probabilities = prediction.probabilities();
        return Math.log(Objects.requireNonNull(probabilities.get(Sentiment.POSITIVE)))
                - Math.log(Objects.requireNonNull(probabilities.get(Sentiment.NEGATIVE)));
    }
}
