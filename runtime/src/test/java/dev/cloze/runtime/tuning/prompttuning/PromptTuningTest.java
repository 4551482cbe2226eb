package dev.cloze.runtime.tuning.prompttuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.PromptTuning.Optimizer;
import dev.cloze.annotations.PromptTuning.Start;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Places;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.WeightDigest;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.tuning.soft.StartVectors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What prompt tuning has of its own; the rest is in the contract of all methods. */
class PromptTuningTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Labeled::input).toList();

    @TempDir
    private Path folder;

    @Test
    void theArchiveHoldsThePromptAndNothingElse() {
        Path saved = folder.resolve("saved");
        List<Prediction<Sentiment>> answers;
        try (LanguageModel shared = LanguageModel.open("cloze-tiny-en")) {
            String before = WeightDigest.of(shared.backbone());
            try (PromptPipeline<Review, Sentiment> tuned = tuned(options -> options)) {
                tuned.save(saved);
                answers = tuned.predict(INPUTS);
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
            try (Checkpoint tensors = Checkpoint.openFile(saved.resolve("tuned.safetensors"))) {
                assertThat(tensors.names()).containsExactly("prompt_embeddings");
                assertThat(tensors.shape("prompt_embeddings"))
                        .containsExactly(20, shared.backbone().shape().embeddingSize());
            }
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void itLearnsToTellTheExamplesApart() {
        try (PromptPipeline<Review, Sentiment> tuned =
                tuned(options -> options.withMaxSteps(300).withLearningRate(0.03))) {
            assertThat(tuned.evaluate(EXAMPLES).accuracy()).isGreaterThan(0.8);
        }
    }

    @Test
    void theOptimizerIsAnOption() {
        List<Prediction<Sentiment>> answers;
        try (PromptPipeline<Review, Sentiment> tuned = tuned(options -> options)) {
            answers = tuned.predict(INPUTS);
        }
        try (PromptPipeline<Review, Sentiment> other =
                tuned(options -> options.with(PromptTuningOptions.OPTIMIZER, Optimizer.ADAFACTOR))) {
            assertThat(other.predict(INPUTS)).isNotEqualTo(answers);
        }
    }

    @Test
    void aPromptThatLeavesNoRoomIsRefusedWithTheSum() {
        assertThatThrownBy(() -> tuned(options -> options.with(TuningOptions.PROMPT_LENGTH, 4000))
                        .close())
                .hasMessageContaining("[TemplateTooLong]")
                .hasMessageContaining("The template alone is 400");
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void startsAreTheWordsOfLabelsThenOfTheVocabularyOrOfAText() {
        TrainingOptions options = TrainingOptions.defaults();
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            int[] great = model.tokenizer().encode("great", true);
            int[] terrible = model.tokenizer().encode("a terrible", true);
            StartVectors vectors = new StartVectors(model, options.seed());
            float[] first = vectors.ofText(great, 1).get(0);
            List<float[]> rows = new PromptStart(model, options).rows(5, List.of(great, terrible));
            assertThat(rows.get(0)).containsExactly(first);
            float[] mean = new float[first.length];
            vectors.ofText(terrible, terrible.length).forEach(row -> {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += row[i] / terrible.length;
                }
            });
            assertThat(rows.get(1)).containsExactly(mean, org.assertj.core.api.Assertions.within(1e-6f));
            List<float[]> drawn = vectors.ofVocabulary(3);
            for (int i = 0; i < 3; i++) {
                assertThat(rows.get(2 + i)).containsExactly(drawn.get(i));
            }
            List<float[]> text = new PromptStart(model, options.with(PromptTuningOptions.TEXT, "great great"))
                    .rows(3, List.of(terrible));
            assertThat(text).allSatisfy(row -> assertThat(row).containsExactly(first));
            List<float[]> few = new PromptStart(model, options).rows(1, List.of(great, terrible));
            assertThat(few).hasSize(1);
        }
    }

    /** A fifth of BERT's first 5,000 tokens are special or kept free. */
    @Test
    void tokensThatStandInNoTextAreNotDrawn() {
        try (LanguageModel model = LanguageModel.open(RealModels.defaultModel())) {
            int[] free = IntStream.range(0, 5000)
                    .filter(id -> !model.tokenizer().isOrdinary(id)
                            || model.tokenizer().token(id).startsWith("[unused"))
                    .toArray();
            assertThat(free).hasSize(999);
            StartVectors vectors = new StartVectors(model, 3);
            Set<List<Float>> never = vectors.ofText(free, free.length).stream()
                    .map(PromptTuningTest::boxed)
                    .collect(Collectors.toSet());
            assertThat(vectors.ofVocabulary(1000)).noneMatch(row -> never.contains(boxed(row)));
        }
    }

    @Test
    void wordsOfTheVocabularyAreDrawnOnceEachAndRandomNumbersAsPaperAndCodeHaveThem() {
        TrainingOptions random = TrainingOptions.defaults().with(PromptTuningOptions.START, Start.RANDOM);
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            List<float[]> drawn = new StartVectors(model, 3).ofVocabulary(500);
            assertThat(drawn.stream().map(Arrays::hashCode).distinct().count()).isGreaterThan(495);
            assertThat(new StartVectors(model, 3).ofVocabulary(500).get(7)).containsExactly(drawn.get(7));
            assertThat(new StartVectors(model, 4).ofVocabulary(500).get(7)).isNotEqualTo(drawn.get(7));
            assertRange(new PromptStart(model, random).rows(50, List.of()), -0.5f, 0.5f);
            assertRange(
                    new PromptStart(model, random.with(TuningOptions.COMPAT, Compat.REFERENCE)).rows(50, List.of()),
                    0,
                    0.5f);
        }
    }

    /** All between the two, and close to both. */
    private static void assertRange(List<float[]> rows, float least, float most) {
        float lowest = 1;
        float highest = -1;
        for (float[] row : rows) {
            for (float value : row) {
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
            }
        }
        assertThat(lowest).isBetween(least, least + 0.01f);
        assertThat(highest).isBetween(most - 0.01f, most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decoder", "encoder-decoder"})
    void aPromptHasATextWrittenAndIsSavedWithWhatItWrites(String kind) {
        Path path = folder.resolve("model");
        Path model = kind.equals("decoder")
                ? TinyModels.decoder(path, 64, Places.words())
                : TinyModels.encoderDecoder(path, Places.words());
        TextTask<Places.Place> task = Places.task(model);
        double before;
        try (TextPipeline<Places.Place> plain = TextPipeline.pretrained(task)) {
            before = plain.evaluate(Places.pairs()).perplexity();
        }
        Path saved = folder.resolve("saved");
        List<String> written;
        try (TextPipeline<Places.Place> tuned = TextTrainer.of(task)
                .method(TuningMethod.PROMPT_TUNING)
                .quiet()
                .options(options -> options.with(TuningOptions.PROMPT_LENGTH, 8)
                        .withLearningRate(0.05)
                        .withMaxSteps(60)
                        .withEvaluateEvery(0))
                .fit(Places.pairs())) {
            assertThat(tuned.evaluate(Places.pairs()).perplexity()).isLessThan(0.9 * before);
            tuned.save(saved);
            written = tuned.generate(Places.inputs());
        }
        try (TextPipeline<Places.Place> loaded = TextPipeline.load(task, saved)) {
            assertThat(loaded.generate(Places.inputs())).isEqualTo(written);
        }
        assertThat(OpenModels.count()).isZero();
    }

    private static PromptPipeline<Review, Sentiment> tuned(UnaryOperator<TrainingOptions> change) {
        ClassificationTask<Review, Sentiment> task = Reviews.TASK;
        return PromptTrainer.of(task)
                .method(TuningMethod.PROMPT_TUNING)
                .quiet()
                .options(options -> change.apply(options.withMaxSteps(10).withEvaluateEvery(0)))
                .fit(EXAMPLES);
    }

    private static List<Float> boxed(float[] row) {
        return IntStream.range(0, row.length).mapToObj(i -> row[i]).toList();
    }
}
