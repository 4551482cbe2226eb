package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Label words of several tokens, and unequally many, from the declaration to the archive. */
@ExtendWith(NothingLeftOpen.class)
class SeveralMasksPipelineTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Labeled::input).toList();

    @TempDir
    Path folder;

    private static ClassificationTask.Builder<Review, Sentiment> asked(String template) {
        return Reviews.asked(template)
                .label(Sentiment.POSITIVE, "worth seeing")
                .label(Sentiment.NEGATIVE, "not worth my time");
    }

    private static TaskTuning tuning(TuningMethod method) {
        return TaskTuning.of(method, "cloze-tiny-en").with("loss", LabelLoss.HINGE);
    }

    /** The losses of a training, for the listener's caller to look at afterwards. */
    private static TrainingListener into(List<Double> losses) {
        return new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
    }

    @Test
    void theWordsHaveUnequallyManyTokens() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            assertThat(model.tokenizer().vocabulary().encodeWord("worth seeing", true))
                    .hasSize(2);
            assertThat(model.tokenizer().vocabulary().encodeWord("not worth my time", true))
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JOINT", "LEFT_TO_RIGHT", "PARALLEL"})
    void theHingeLossLearnsAndTheArchiveAnswersTheSame(MultiTokenWords choice) {
        ClassificationTask<Review, Sentiment> task = asked("{text} It was {mask}.")
                .multiTokenWords(choice)
                .tuning(tuning(TuningMethod.PROMPT_FINE_TUNING))
                .build();
        List<Double> losses = new ArrayList<>();
        List<Prediction<Sentiment>> answers;
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                .quiet()
                .listener(into(losses))
                .options(options -> options.withMaxSteps(60).withLearningRate(1e-3))
                .fit(EXAMPLES)) {
            answers = tuned.predict(INPUTS);
            assertThat(tuned.evaluate(EXAMPLES).accuracy()).isGreaterThan(.8);
            tuned.save(folder.resolve("saved"));
        }
        assertThat(losses.get(59)).isLessThan(losses.get(0));
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, folder.resolve("saved"))) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
            assertThat(loaded.predict(INPUTS.get(3)).probabilities())
                    .as("one text at a time")
                    .allSatisfy((label, probability) -> assertThat(probability)
                            .isCloseTo(answers.get(3).probabilities().getOrDefault(label, -1.0), within(1e-5)));
        }
        ClassificationTask<Review, Sentiment> other = asked("{text} It was {mask}.")
                .multiTokenWords(choice == MultiTokenWords.JOINT ? MultiTokenWords.PARALLEL : MultiTokenWords.JOINT)
                .tuning(tuning(TuningMethod.PROMPT_FINE_TUNING))
                .build();
        assertThatThrownBy(() -> PromptPipeline.load(other, folder.resolve("saved")))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ARCHIVE_MISMATCH))
                .hasMessageContaining("words of several tokens: saved with " + choice);
    }

    @Test
    void petTrainsSoftLabelsAndDistilsWithSuchWords() {
        ClassificationTask<Review, Sentiment> task = asked("{text} It was {mask}.")
                .template("Just {mask}! {text}")
                .tuning(tuning(TuningMethod.PET))
                .build();
        List<Double> losses = new ArrayList<>();
        List<Prediction<Sentiment>> answers;
        PromptTrainer<Review, Sentiment> trainer = PromptTrainer.of(task)
                .quiet()
                .options(Patterns.brief())
                .options(options -> options.with(PetOptions.REPETITIONS, 1));
        try (PromptPipeline<Review, Sentiment> tuned =
                trainer.listener(into(losses)).fit(Patterns.TRAIN, Patterns.DEV, Patterns.unlabeled(24))) {
            answers = tuned.predict(INPUTS);
            tuned.save(folder.resolve("classifier"));
        }
        assertThat(losses)
                .as("two models of six steps and the classifier's eight")
                .hasSize(20);
        assertThat(answers).allMatch(answer -> answer.words().isEmpty());
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, folder.resolve("classifier"))) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
        try (PromptPipeline<Review, Sentiment> ensemble = trainer.fitEnsemble(Patterns.TRAIN, Patterns.DEV)) {
            answers = ensemble.predict(INPUTS);
            ensemble.save(folder.resolve("ensemble"));
        }
        assertThat(answers.get(0).words())
                .extracting(Prediction.WordProbability::word)
                .contains("worth seeing", "not worth my time");
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, folder.resolve("ensemble"))) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
    }
}
