package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Prediction.WordProbability;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptPipelineTest {

    private static final List<Review> INPUTS =
            Reviews.examples().stream().map(Labeled::input).toList();

    @Test
    void probabilitiesSumToOneAndTheLabelIsTheMostProbable() {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            Prediction<Sentiment> prediction = pipeline.predict(INPUTS.get(0));
            double sum = prediction.probabilities().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            assertThat(sum).isCloseTo(1, within(1e-6));
            assertThat(prediction.probability())
                    .isEqualTo(prediction.probabilities().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .max()
                            .orElseThrow());
            assertThat(prediction.words())
                    .extracting(WordProbability::word)
                    .hasSize(4)
                    .contains("great", "terrible");
        }
    }

    @Test
    void manyAtOnceGiveWhatEachGivesAlone() {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            List<Prediction<Sentiment>> together = pipeline.predict(INPUTS);
            for (int i = 0; i < INPUTS.size(); i++) {
                Prediction<Sentiment> alone = pipeline.predict(INPUTS.get(i));
                assertThat(together.get(i).label()).isEqualTo(alone.label());
                assertThat(together.get(i).probability()).isCloseTo(alone.probability(), within(1e-5));
            }
        }
    }

    @Test
    void sixteenThreadsGetWhatOneThreadGets() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            List<Prediction<Sentiment>> expected =
                    INPUTS.stream().map(pipeline::predict).toList();
            List<Future<List<Prediction<Sentiment>>>> results = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                results.add(threads.submit(
                        () -> INPUTS.stream().map(pipeline::predict).toList()));
            }
            for (Future<List<Prediction<Sentiment>>> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aClosedPipelineSaysSoAndClosingTwiceIsHarmless() {
        PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK);
        pipeline.close();
        pipeline.close();
        assertThatThrownBy(() -> pipeline.predict(INPUTS.get(0)))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.PIPELINE_CLOSED));
    }

    @Test
    void closingWhileOthersPredictNeverCrashes() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK);
                List<Future<Integer>> counts = new ArrayList<>();
                for (int t = 0; t < 8; t++) {
                    counts.add(threads.submit(() -> predictUntilClosed(pipeline)));
                }
                Thread.sleep(5);
                pipeline.close();
                for (Future<Integer> count : counts) {
                    assertThat(count.get()).isNotNegative();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int predictUntilClosed(PromptPipeline<Review, Sentiment> pipeline) {
        for (int i = 0; ; i++) {
            try {
                pipeline.predict(INPUTS.get(i % INPUTS.size()));
            } catch (ClozeException e) {
                assertThat(e.problem()).isEqualTo(Problem.PIPELINE_CLOSED);
                return i;
            }
        }
    }

    @Test
    void trainingLearnsWhatItIsShown() {
        List<Labeled<Review, Sentiment>> examples = Reviews.examples();
        double before;
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            before = zero.evaluate(examples).accuracy();
        }
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.TASK)
                .quiet()
                .options(options -> options.withMaxSteps(60).withEvaluateEvery(20))
                .fit(examples, examples)) {
            assertThat(tuned.evaluate(examples).accuracy())
                    .isGreaterThan(before)
                    .isGreaterThan(0.9);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // callers may not check for nulls
    void inputsOfEveryKindAreAnsweredOrRefusedByName() {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            for (String text : List.of(
                    "",
                    " \t\n ",
                    "x".repeat(100_000),
                    "word ".repeat(20_000),
                    "\uD83D\uDE00\uD83D\uDE80\uD83C\uDFFD",
                    "\u05E9\u05DC\u05D5\u05DD \u202E abc",
                    "\u200B\u200D\uFEFF",
                    "\u0000\u0001\u0007\u001B",
                    "\uD800",
                    "a\uDC00b\uD83D",
                    "[MASK] [CLS] [SEP] [PAD] {mask} {text} <mask> </s>")) {
                Prediction<Sentiment> prediction = pipeline.predict(new Review(text));
                assertThat(prediction.probability()).isBetween(0.5, 1.0);
                assertThat(prediction.cut()).isEqualTo(text.startsWith("word "));
            }
            assertThatThrownBy(() -> pipeline.predict((Review) null)).hasMessageContaining("[InputNull]");
            assertThatThrownBy(() -> pipeline.predict(new Review(null)))
                    .hasMessageContaining("[InputNull]")
                    .hasMessageContaining("text");
        }
    }

    @Test
    void aTemplateWithoutRoomForTheMasksOfLongWordsIsRefusedBeforeAnyInput() {
        TaskTuning tokens8 = Reviews.TASK.tuning().with("maxLength", 8);
        ClassificationTask.Builder<Review, Sentiment> words = Reviews.asked("{text} But then it was {mask}.")
                .tuning(tokens8)
                .label(Sentiment.POSITIVE, "worth seeing");
        try (PromptPipeline<Review, Sentiment> oneMask = PromptPipeline.zeroShot(
                words.multiTokenWords(MultiTokenWords.MEAN).build())) {
            assertThat(oneMask.predict(INPUTS.get(0)).cut()).isTrue();
        }
        ClassificationTask<Review, Sentiment> twoMasks =
                words.multiTokenWords(MultiTokenWords.JOINT).build();
        assertTooLong(() -> PromptPipeline.zeroShot(twoMasks));
        assertTooLong(() -> PromptTrainer.of(twoMasks).quiet().fit(Reviews.examples()));
    }

    private static void assertTooLong(ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TEMPLATE_TOO_LONG))
                .hasMessageContaining("The template alone is 9 tokens long, and an input may have 8.")
                .hasMessageContaining("2 masks for the longest label word");
    }

    @Test
    void calibrationByMutualInformationIsIndifferentToNoInput() {
        try (PromptPipeline<Review, Sentiment> plain = PromptPipeline.zeroShot(Reviews.TASK);
                PromptPipeline<Review, Sentiment> calibrated = PromptPipeline.zeroShot(
                        Reviews.builder().calibration(Calibration.PMI).build())) {
            assertThat(plain.predict(new Review("")).probability()).isGreaterThan(0.55);
            assertThat(calibrated.predict(new Review("")).probability()).isCloseTo(0.5, within(1e-5));
        }
    }

    @Test
    void contextualCalibrationTakesAwayTheBiasForOneLabel() {
        try (PromptPipeline<Review, Sentiment> plain = PromptPipeline.zeroShot(Reviews.TASK);
                PromptPipeline<Review, Sentiment> calibrated = PromptPipeline.zeroShot(
                        Reviews.builder().calibration(Calibration.CONTEXTUAL).build())) {
            double bias = plain.predict(new Review("N/A")).probability();
            assertThat(calibrated.predict(new Review("N/A")).probability()).isLessThan(bias);
            assertThat(calibrated.evaluate(Reviews.examples()).accuracy())
                    .isGreaterThanOrEqualTo(plain.evaluate(Reviews.examples()).accuracy());
        }
    }

    @ParameterizedTest
    @EnumSource(Compat.class)
    void contextualCalibrationDividesByTheMeanOverInputsWithoutContent(Compat compat) {
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .calibration(Calibration.CONTEXTUAL)
                .tuning(Reviews.TASK.tuning().with("compat", compat))
                .build();
        try (PromptPipeline<Review, Sentiment> plain = PromptPipeline.zeroShot(Reviews.TASK);
                PromptPipeline<Review, Sentiment> calibrated = PromptPipeline.zeroShot(task)) {
            Map<String, Double> context = new HashMap<>();
            for (String nothing : List.of("N/A", "[MASK]", "")) {
                shares(plain.predict(new Review(nothing)))
                        .forEach((word, p) -> context.merge(word, p / 3, Double::sum));
            }
            for (Review input : INPUTS) {
                Map<String, Double> scores = shares(plain.predict(input));
                // The paper's scores are the quotients themselves, the code's are what their logarithms make of them.
                scores.replaceAll((word, p) -> {
                    double ratio = p / value(context, word);
                    return compat == Compat.PAPER ? ratio : Math.log(ratio);
                });
                assertPredicts(calibrated.predict(input), scores);
            }
        }
    }

    @Test
    void wordsOfSeveralTokensHaveTheProductOfTheirConditionalProbabilities() {
        String[] good = {"great", "worth seeing"};
        String[] bad = {"a waste", "forgettable", "not worth the money"};
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .label(Sentiment.POSITIVE, good)
                .label(Sentiment.NEGATIVE, bad)
                .build();
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en");
                PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(task)) {
            for (Review input : INPUTS) {
                Map<String, Double> scores = new HashMap<>();
                Stream.of(good, bad)
                        .flatMap(Arrays::stream)
                        .forEach(word -> scores.put(word, logProbability(model, input.text(), word)));
                assertPredicts(pipeline.predict(input), scores);
            }
        }
    }

    /** Of a word behind "It was": the most probable of its tokens is written first, and the model asked again. */
    private static double logProbability(LanguageModel model, String text, String word) {
        int[] tokens = model.tokenizer().encode(" " + word, false);
        int mask = model.special().mask();
        List<Integer> ids = new ArrayList<>();
        add(ids, model.special().start());
        add(ids, model.tokenizer().encode(text + " It was", true));
        int first = ids.size();
        add(ids, IntStream.range(0, tokens.length).map(i -> mask).toArray());
        add(ids, model.tokenizer().encode(".", false));
        add(ids, model.special().end());
        double total = 0;
        for (int filled = 0; filled < tokens.length; filled++) {
            int best = -1;
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < tokens.length; i++) {
                if (ids.get(first + i) == mask) {
                    double own = logProbability(model.backbone(), ids, first + i, tokens[i]);
                    best = own > highest ? i : best;
                    highest = Math.max(highest, own);
                }
            }
            total += highest;
            ids.set(first + best, tokens[best]);
        }
        return total;
    }

    private static double logProbability(Backbone backbone, List<Integer> ids, int position, int token) {
        int[] row = ids.stream().mapToInt(Integer::intValue).toArray();
        TokenRow asked = new TokenRow(row, new int[row.length], new int[] {position});
        float[] logits = backbone.scores(List.of(asked), new int[0], false)[0][0];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - logits[token]);
        }
        return -Math.log(sum);
    }

    private static void add(List<Integer> ids, int[] more) {
        Arrays.stream(more).forEach(ids::add);
    }

    private static Map<String, Double> shares(Prediction<Sentiment> prediction) {
        Map<String, Double> shares = new HashMap<>();
        prediction.words().forEach(word -> shares.put(word.word(), word.probability()));
        return shares;
    }

    /** The softmax over the words, and that over the labels, whose scores are the means of their words'. */
    private static void assertPredicts(Prediction<Sentiment> prediction, Map<String, Double> scores) {
        double all = scores.values().stream().mapToDouble(Math::exp).sum();
        Map<Sentiment, List<Double>> byLabel = new HashMap<>();
        assertThat(prediction.words()).hasSameSizeAs(scores.keySet()).allSatisfy(word -> {
            double score = value(scores, word.word());
            byLabel.computeIfAbsent(word.label(), label -> new ArrayList<>()).add(score);
            assertThat(word.probability()).isCloseTo(Math.exp(score) / all, within(1e-5));
        });
        double difference = mean(value(byLabel, Sentiment.NEGATIVE)) - mean(value(byLabel, Sentiment.POSITIVE));
        assertThat(prediction.probabilities().get(Sentiment.POSITIVE))
                .isCloseTo(1 / (1 + Math.exp(difference)), within(1e-5));
    }

    private static <K, V> V value(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    @Test
    void noExamplesToEvaluateOnIsAClearError() {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            assertThatThrownBy(() -> pipeline.evaluate(List.of())).isInstanceOf(ClozeException.class);
            assertThat(pipeline.predict(List.of())).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // callers may not check for nulls
    void incompleteExamplesToEvaluateOnAreRefusedByTheirNumber() {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            for (Labeled<Review, Sentiment> wrong : Arrays.<Labeled<Review, Sentiment>>asList(
                    null, new Labeled<>(null, Sentiment.POSITIVE), new Labeled<>(INPUTS.get(0), null))) {
                List<Labeled<Review, Sentiment>> examples = new ArrayList<>(Reviews.examples());
                examples.add(wrong);
                assertThatThrownBy(() -> pipeline.evaluate(examples)).hasMessageContaining("[InputNull] Example 17");
            }
        }
    }
}
