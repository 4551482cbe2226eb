package dev.cloze.runtime.tuning.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.FineTuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.FineTuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fine-tuning has of its own; the rest is in the contract of all methods. */
class FineTuningTest {

    private static final String MODEL = "cloze-tiny-en";
    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Labeled::input).toList();

    /** The same labels in another order. */
    enum Turned {
        NEGATIVE,
        POSITIVE
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"encoder", "decoder", "encoder-decoder"})
    void aMeanIsAnOptionThatTheArchiveRemembers(String kind) {
        Path saved = folder.resolve("saved");
        ClassificationTask<Review, Sentiment> task = task("{text}", model(kind));
        List<Prediction<Sentiment>> answers;
        try (PromptPipeline<Review, Sentiment> tuned = trainer(task)
                .options(options -> options.with(FineTuningOptions.POOLING, FineTuning.Pooling.MEAN))
                .fit(EXAMPLES)) {
            answers = tuned.predict(INPUTS);
            tuned.save(saved);
        }
        try (Checkpoint tensors = Checkpoint.openFile(saved.resolve("tuned.safetensors"))) {
            assertThat(tensors.names())
                    .noneMatch(name -> name.contains("pooler")
                            || name.startsWith("classification_head.dense")
                            || name.startsWith("cls."))
                    .anyMatch(name -> name.matches("(classifier|score|classification_head\\.out_proj)\\.weight"));
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
        try (PromptPipeline<Review, Sentiment> published = trainer(task).fit(EXAMPLES)) {
            assertThat(published.predict(INPUTS)).isNotEqualTo(answers);
        }
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void itLearnsTheExamplesByPlaceholdersAloneWhateverElseTheTemplateSays() {
        try (PromptPipeline<Review, Sentiment> plain =
                        trainer(task("{text}", MODEL)).fit(EXAMPLES);
                PromptPipeline<Review, Sentiment> wordy = trainer(task("Look: {text} It was {mask}, wasn't it?", MODEL))
                        .fit(EXAMPLES)) {
            assertThat(plain.evaluate(EXAMPLES).accuracy()).isGreaterThan(0.9);
            assertThat(wordy.predict(INPUTS)).isEqualTo(plain.predict(INPUTS));
        }
    }

    @Test
    void anArchiveIsReadWhateverTheOrderOfTheEnumIsNow() {
        Path saved = folder.resolve("saved");
        List<Prediction<Sentiment>> answers;
        try (PromptPipeline<Review, Sentiment> tuned =
                trainer(task("{text}", MODEL)).fit(EXAMPLES)) {
            answers = tuned.predict(INPUTS);
            tuned.save(saved);
        }
        ClassificationTask<Review, Turned> turned = ClassificationTask.of(Review.class, Turned.class)
                .template("{text}")
                .placeholder("text", Review::text)
                .label(Turned.NEGATIVE)
                .label(Turned.POSITIVE)
                .tuning(TaskTuning.of(TuningMethod.FINE_TUNING, MODEL))
                .build();
        try (PromptPipeline<Review, Turned> loaded = PromptPipeline.load(turned, saved)) {
            List<Prediction<Turned>> now = loaded.predict(INPUTS);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(now.get(i).label().name())
                        .isEqualTo(answers.get(i).label().name());
                assertThat(now.get(i).probability()).isCloseTo(answers.get(i).probability(), within(1e-6));
            }
        }
    }

    @Test
    void whatItCannotDoIsSaid() {
        ClassificationTask<Review, Sentiment> wordless = task("{text}", MODEL);
        refused(Problem.TUNING_OPTION_NOT_APPLICABLE, "before it is trained", () -> PromptPipeline.zeroShot(wordless));
        refused(Problem.TEMPLATE_MISSING_MASK, "{mask}", () -> PromptTrainer.of(wordless)
                .method(TuningMethod.PROMPT_FINE_TUNING)
                .quiet()
                .fit(EXAMPLES));
        refused(Problem.TEMPLATE_NO_PLACEHOLDER, "FINE_TUNING", () -> trainer(task("It was {mask}.", MODEL))
                .fit(EXAMPLES));
        assertThat(OpenModels.count()).isZero();
    }

    /** A sentence encoder, whose folder has a pooler and no head for words. */
    @Test
    void aModelWithoutALanguageModelHeadCanBeFineTunedAndNotPrompted() {
        String published = RealModels.folder("all-MiniLM-L6-v2").toString();
        ClassificationTask<Review, Sentiment> task = task("{text} It was {mask}.", published);
        refused(Problem.CHECKPOINT_MISSING_WEIGHT, "sentence vectors", () -> PromptTrainer.of(task)
                .method(TuningMethod.PROMPT_FINE_TUNING)
                .quiet()
                .fit(EXAMPLES));
        try (PromptPipeline<Review, Sentiment> tuned = trainer(task)
                .options(options -> options.withMaxSteps(20).withLearningRate(2e-4))
                .fit(EXAMPLES)) {
            assertThat(tuned.evaluate(EXAMPLES).accuracy()).isGreaterThan(0.9);
        }
        assertThat(OpenModels.count()).isZero();
    }

    private static void refused(Problem problem, String part, ThrowingCallable run) {
        assertThatThrownBy(run)
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageContaining(part);
    }

    private static PromptTrainer<Review, Sentiment> trainer(ClassificationTask<Review, Sentiment> task) {
        return PromptTrainer.of(task).method(TuningMethod.FINE_TUNING).quiet().options(options -> options.withMaxSteps(
                        40)
                .withLearningRate(2e-3));
    }

    /** Labels without words. */
    private static ClassificationTask<Review, Sentiment> task(String template, String model) {
        return ClassificationTask.of(Review.class, Sentiment.class)
                .template(template)
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE)
                .label(Sentiment.NEGATIVE)
                .tuning(TaskTuning.of(TuningMethod.FINE_TUNING, model))
                .build();
    }

    private String model(String kind) {
        List<String> words = EXAMPLES.stream()
                .flatMap(one ->
                        Stream.of(one.input().text().toLowerCase(Locale.ROOT).split("[ .,]+")))
                .distinct()
                .toList();
        Path path = folder.resolve(kind);
        return switch (kind) {
            case "encoder" -> MODEL;
            case "decoder" -> TinyModels.decoder(path, 64, words).toString();
            default -> TinyModels.encoderDecoder(path, words).toString();
        };
    }
}
