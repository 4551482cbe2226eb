package dev.cloze.runtime.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.classification.MaskFiller.Filling;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.WrittenWords;
import dev.cloze.runtime.verbalizer.Logits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Classification by models that write: a decoder by the next token, an encoder-decoder by its sentinel. */
class WritingModelsTest {

    enum Kind {
        DECODER,
        ENCODER_DECODER
    }

    private static final List<String> WORDS = List.of("film", "sound", "picture", "story", "warm", "dull");
    private static final Review REVIEW = new Review("a warm film.");

    @TempDir
    Path folder;

    @AfterEach
    void noModelIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void wordsOfOneTokenHaveTheProbabilityOfTheNextToken(Kind kind) {
        ClassificationTask<Review, Sentiment> task = task(kind)
                .label(Sentiment.POSITIVE, "good")
                .label(Sentiment.NEGATIVE, "bad")
                .build();
        assertScoresAreThoseOfWriting(task, REVIEW, within(1e-5));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void wordsOfSeveralTokensHaveTheProbabilityOfBeingWritten(Kind kind) {
        ClassificationTask<Review, Sentiment> task = task(kind)
                .label(Sentiment.POSITIVE, "good", "superb")
                .label(Sentiment.NEGATIVE, "bad", "awful story")
                .build();
        assertScoresAreThoseOfWriting(task, REVIEW, within(1e-4));
    }

    private static void assertScoresAreThoseOfWriting(
            ClassificationTask<Review, Sentiment> task, Review review, org.assertj.core.data.Offset<Double> offset) {
        try (LanguageModel model = LanguageModel.open(task.tuning().backbone());
                PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(task)) {
            CompiledTask compiled = compiled(task, model);
            WrittenWords words = new WrittenWords(model, compiled.verbalizer());
            double[] losses = model.textBackbone().targetLosses(words.rows(masks -> encode(compiled, review, masks)
                    .get(0)));
            float[] scores = new float[2];
            for (int row = 0; row < losses.length; row++) {
                for (int label = 0; label < scores.length; label++) {
                    scores[label] -= (float) (losses[row] * words.weights()[row][label]);
                }
            }
            float[] expected = Logits.logSoftmax(scores);
            Prediction<Sentiment> prediction = pipeline.predict(review);
            for (int label = 0; label < scores.length; label++) {
                double probability =
                        Objects.requireNonNull(prediction.probabilities().get(Sentiment.values()[label]));
                assertThat(Math.log(probability)).isCloseTo(expected[label], offset);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void trainingLearnsWhatItIsShown(Kind kind) {
        assertLearnt(task(kind)
                .label(Sentiment.POSITIVE, "good")
                .label(Sentiment.NEGATIVE, "bad")
                .build());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void wordsOfSeveralTokensAreLearntToo(Kind kind) {
        assertLearnt(task(kind)
                .label(Sentiment.POSITIVE, "good", "superb")
                .label(Sentiment.NEGATIVE, "awful story")
                .build());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theMeanOfAWordsTokensIsLearntToo(Kind kind) {
        ClassificationTask<Review, Sentiment> task = task(kind)
                .label(Sentiment.POSITIVE, "good", "superb")
                .label(Sentiment.NEGATIVE, "awful story")
                .multiTokenWords(MultiTokenWords.JOINT_MEAN)
                .build();
        assertLearnt(task);
        assertScoresAreThoseOfWriting(task, REVIEW, within(1e-4));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theHingeLossIsThatOfTheWordsAsTheyAreWritten(Kind kind) {
        ClassificationTask<Review, Sentiment> task = task(kind)
                .label(Sentiment.POSITIVE, "good", "superb")
                .label(Sentiment.NEGATIVE, "awful story")
                .multiTokenWords(MultiTokenWords.LEFT_TO_RIGHT)
                .build();
        assertLearnt(task.withTuning(task.tuning().with("loss", LabelLoss.HINGE)));
        assertScoresAreThoseOfWriting(task, REVIEW, within(1e-4));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void allTokensOfAWordCannotBeAskedForAtOnce(Kind kind) {
        ClassificationTask.Builder<Review, Sentiment> task =
                task(kind).label(Sentiment.POSITIVE, "good").multiTokenWords(MultiTokenWords.PARALLEL);
        try (PromptPipeline<Review, Sentiment> pipeline =
                PromptPipeline.zeroShot(task.label(Sentiment.NEGATIVE, "bad").build())) {
            assertThat(pipeline.predict(REVIEW).probability()).isBetween(0.5, 1.0);
        }
        assertThatThrownBy(() -> PromptPipeline.zeroShot(
                        task.label(Sentiment.NEGATIVE, "awful").build()))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.VERBALIZER_MULTI_TOKEN_WORD))
                .hasMessageContaining("It writes one token after the other")
                .hasMessageContaining("JOINT would score them as they are written");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aWordMayCountByItsFirstToken(Kind kind) {
        assertLearnt(task(kind)
                .label(Sentiment.POSITIVE, "superb")
                .label(Sentiment.NEGATIVE, "awful")
                .multiTokenWords(MultiTokenWords.FIRST)
                .build());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aWordMayCountByTheMeanOfItsTokensAtTheMask(Kind kind) {
        ClassificationTask<Review, Sentiment> task = task(kind)
                .label(Sentiment.POSITIVE, "superb")
                .label(Sentiment.NEGATIVE, "awful")
                .multiTokenWords(MultiTokenWords.MEAN)
                .build();
        try (LanguageModel model = LanguageModel.open(task.tuning().backbone());
                PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(task)) {
            CompiledTask compiled = compiled(task, model);
            List<TokenRow> row =
                    List.of(ModelTemplate.row(encode(compiled, REVIEW, 1).get(0)));
            float[] scores = new float[2];
            for (int word = 0; word < scores.length; word++) {
                int[] tokens = compiled.verbalizer().words().get(word).tokens();
                assertThat(tokens).hasSizeGreaterThan(2);
                for (float logit : model.backbone().scores(row, tokens, false)[0][0]) {
                    scores[word] += logit / tokens.length;
                }
            }
            assertThat(pipeline.predict(REVIEW).probabilities())
                    .hasEntrySatisfying(Sentiment.POSITIVE, probability -> assertThat(probability)
                            .isCloseTo(Logits.softmax(scores)[0], within(1e-5)));
        }
        assertLearnt(task);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void wordsOfSeveralTokensMayBeRejected(Kind kind) {
        ClassificationTask.Builder<Review, Sentiment> task =
                task(kind).label(Sentiment.POSITIVE, "good").multiTokenWords(MultiTokenWords.REJECT);
        try (PromptPipeline<Review, Sentiment> pipeline =
                PromptPipeline.zeroShot(task.label(Sentiment.NEGATIVE, "bad").build())) {
            assertThat(pipeline.predict(REVIEW).probability()).isBetween(0.5, 1.0);
        }
        assertThatThrownBy(() -> PromptPipeline.zeroShot(
                        task.label(Sentiment.NEGATIVE, "awful").build()))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.VERBALIZER_MULTI_TOKEN_WORD));
    }

    @ParameterizedTest
    @EnumSource(Calibration.class)
    void nothingBeforeTheMaskIsTheEndOfTheTextBefore(Calibration calibration) {
        String gpt2 = TinyModels.gpt2(folder.resolve("gpt2"), 64, WORDS).toString();
        ClassificationTask<Review, Sentiment> task = task(Kind.DECODER, "{text} {mask}")
                .label(Sentiment.POSITIVE, "good", "superb")
                .label(Sentiment.NEGATIVE, "awful story")
                .calibration(calibration)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, gpt2))
                .build();
        Review nothing = new Review(" ");
        if (calibration == Calibration.NONE) {
            assertScoresAreThoseOfWriting(task, nothing, within(1e-4));
            try (LanguageModel model = LanguageModel.open(gpt2)) {
                int end = model.textBackbone().endTokens()[0];
                EncodedText text = encode(compiled(task, model), nothing, 2).get(0);
                assertThat(text.ids())
                        .containsExactly(
                                end, model.special().mask(), model.special().mask());
                assertThat(text.maskPositions()).containsExactly(1, 2);
                assertThat(text.segmentIds()).hasSize(3);
            }
        }
        List<Labeled<Review, Sentiment>> examples = List.of(
                new Labeled<>(REVIEW, Sentiment.POSITIVE),
                new Labeled<>(nothing, Sentiment.NEGATIVE),
                new Labeled<>(new Review("a dull story."), Sentiment.NEGATIVE));
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(task);
                PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                        .quiet()
                        .options(options -> options.withMaxSteps(40).withLearningRate(3e-3))
                        .fit(examples, examples)) {
            for (PromptPipeline<Review, Sentiment> pipeline : List.of(zero, tuned)) {
                double probability = pipeline.predict(nothing).probability();
                assertThat(probability).isBetween(0.5, 1.0);
                if (calibration == Calibration.PMI) {
                    assertThat(probability).isCloseTo(0.5, within(1e-5));
                }
            }
            if (calibration == Calibration.NONE) {
                assertThat(tuned.evaluate(examples).accuracy()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void longWordsAndLongInputsFitThePositionsInTrainingToo(Kind kind) {
        Path model = kind == Kind.DECODER ? TinyModels.gpt2(folder.resolve("gpt2"), 32, WORDS) : model(kind);
        ClassificationTask<Review, Sentiment> task = task(kind)
                .label(Sentiment.POSITIVE, "good")
                .label(Sentiment.NEGATIVE, "odd")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString())
                        .with("maxLength", 32))
                .build();
        Review warm = new Review("warm film ".repeat(100));
        Review dull = new Review("dull film ".repeat(100));
        assertScoresAreThoseOfWriting(task, warm, within(1e-4));
        List<Labeled<Review, Sentiment>> examples =
                List.of(new Labeled<>(warm, Sentiment.POSITIVE), new Labeled<>(dull, Sentiment.NEGATIVE));
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(120).withLearningRate(3e-3))
                .fit(examples, examples)) {
            assertThat(tuned.evaluate(examples).accuracy()).isEqualTo(1);
        }
    }

    @Test
    void masksThatLeaveNoTokenToReadAreRefused() {
        String gpt2 = TinyModels.gpt2(folder.resolve("gpt2"), 64, WORDS).toString();
        ClassificationTask<Review, Sentiment> task = task(Kind.DECODER, "{text} {mask}")
                .label(Sentiment.POSITIVE, "good")
                .label(Sentiment.NEGATIVE, "unbearable")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, gpt2).with("maxLength", 10))
                .build();
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(task)) {
            assertThatThrownBy(() -> pipeline.predict(REVIEW))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INPUT_TOO_LONG))
                    .hasMessageContaining("10 masks");
        }
    }

    private void assertLearnt(ClassificationTask<Review, Sentiment> task) {
        List<Labeled<Review, Sentiment>> examples = new ArrayList<>();
        for (String noun : List.of("film", "sound", "picture", "story")) {
            examples.add(new Labeled<>(new Review("a warm " + noun + "."), Sentiment.POSITIVE));
            examples.add(new Labeled<>(new Review("a dull " + noun + "."), Sentiment.NEGATIVE));
        }
        Path saved = folder.resolve("saved");
        List<Review> inputs = examples.stream().map(Labeled::input).toList();
        List<Prediction<Sentiment>> before;
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(60).withLearningRate(3e-3))
                .fit(examples, examples)) {
            assertThat(tuned.evaluate(examples).accuracy()).isEqualTo(1);
            tuned.save(saved);
            before = tuned.predict(inputs);
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, saved)) {
            assertThat(loaded.predict(inputs)).isEqualTo(before);
        }
    }

    @Test
    void aDecodersTemplateMustEndAtTheMask() {
        ClassificationTask<Review, Sentiment> task =
                task(Kind.DECODER, "{text} it was {mask}.").build();
        assertThatThrownBy(() -> PromptPipeline.zeroShot(task))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TEMPLATE_MASK_NOT_LAST))
                .hasMessageContaining("column 15");
        try (PromptPipeline<Review, Sentiment> spaced =
                        PromptPipeline.zeroShot(task(Kind.DECODER, "{text} it was {mask} \n")
                                .label(Sentiment.POSITIVE, "good")
                                .label(Sentiment.NEGATIVE, "bad")
                                .build());
                PromptPipeline<Review, Sentiment> inside =
                        PromptPipeline.zeroShot(task(Kind.ENCODER_DECODER, "{text} it was {mask}.")
                                .label(Sentiment.POSITIVE, "good")
                                .label(Sentiment.NEGATIVE, "bad")
                                .build())) {
            assertThat(spaced.predict(REVIEW).probability()).isBetween(0.5, 1.0);
            assertThat(inside.predict(REVIEW).probability()).isBetween(0.5, 1.0);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aMaskIsFilledWithWhatWouldBeWritten(Kind kind) {
        try (MaskFiller filler = MaskFiller.open(model(kind).toString())) {
            String text = kind == Kind.DECODER ? "a warm {mask}" : "a warm {mask} film.";
            List<Filling> all = filler.fill(text, filler.vocabularySize());
            assertThat(all.stream().mapToDouble(Filling::probability).sum()).isCloseTo(1, within(1e-5));
            LanguageModel model = filler.model();
            EncodedText encoded = ModelTemplate.of(dev.cloze.annotations.syntax.TemplateSyntax.parse(text), model, 32)
                    .encode(java.util.Map.of(), 1);
            int best = all.get(0).id();
            TextRow row = kind == Kind.DECODER
                    ? new TextRow(java.util.Arrays.copyOf(encoded.ids(), encoded.length() - 1), new int[] {best})
                    : new TextRow(encoded.ids(), new int[] {model.special().mask(), best});
            double loss = model.textBackbone().targetLosses(List.of(row))[0];
            if (kind == Kind.ENCODER_DECODER) {
                loss -= model.textBackbone()
                        .targetLosses(List.of(new TextRow(
                                encoded.ids(), new int[] {model.special().mask()})))[0];
            }
            assertThat(all.get(0).probability()).isCloseTo(Math.exp(-loss), within(1e-5));
        }
    }

    private ClassificationTask.Builder<Review, Sentiment> task(Kind kind) {
        return task(kind, "{text} it was {mask}");
    }

    private static CompiledTask compiled(ClassificationTask<Review, Sentiment> task, LanguageModel model) {
        LabelTask declared = LabelTask.of(task);
        return CompiledTask.of(declared, declared.templates().get(0), model);
    }

    private static List<EncodedText> encode(CompiledTask compiled, Review review, int masks) {
        return compiled.encode(List.of(Map.of("text", review.text())), masks);
    }

    private ClassificationTask.Builder<Review, Sentiment> task(Kind kind, String template) {
        return ClassificationTask.of(Review.class, Sentiment.class)
                .template(template)
                .placeholder("text", Review::text)
                .tuning(TaskTuning.of(
                        TuningMethod.PROMPT_FINE_TUNING, model(kind).toString()));
    }

    private Path model(Kind kind) {
        Path model = folder.resolve(kind.name());
        return kind == Kind.DECODER ? TinyModels.decoder(model, 64, WORDS) : TinyModels.encoderDecoder(model, WORDS);
    }
}
