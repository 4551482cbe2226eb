package dev.cloze.runtime.tuning.tfidf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import dev.cloze.annotations.TfIdf.Classifier;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.Strategies;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.linear.Features;
import dev.cloze.runtime.tuning.linear.LinearClassifier;
import dev.cloze.runtime.tuning.linear.LogisticRegression;
import dev.cloze.runtime.tuning.reading.TextWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers of scikit-learn, see {@code tfidf_goldens.py}. */
class TfIdfTest {

    private static final double[][] NONE = {};

    private record Golden(List<Texts> texts, List<Vectors> vectors) {}

    private record Texts(
            List<String> texts,
            int[] labels,
            List<String> test,
            List<String> terms,
            double[] idf,
            double[][] features,
            double[][] naive_bayes,
            double[][] logistic_regression) {
        double[][] probabilities(Classifier classifier) {
            return classifier == Classifier.NAIVE_BAYES ? naive_bayes : logistic_regression;
        }
    }

    private record Vectors(float[][] rows, int[] labels, double c, double[][] probabilities) {}

    private static Golden golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(TfIdfTest.class.getResourceAsStream("/tfidf/sklearn.json"))) {
            return new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), Golden.class);
        }
    }

    private static List<String> terms(String text) {
        return Terms.of(List.of(TextWords.of(text)));
    }

    @Test
    void termsAndWeightsAreThoseOfScikitLearn() throws IOException {
        for (Texts golden : golden().texts()) {
            TfIdfWeights weights = TfIdfWeights.of(
                    golden.texts().stream().map(TfIdfTest::terms).toList());
            assertThat(weights.terms()).isEqualTo(golden.terms());
            for (int i = 0; i < golden.idf().length; i++) {
                assertThat((double) weights.idf()[i]).isCloseTo(golden.idf()[i], within(1e-6));
            }
            for (int i = 0; i < golden.test().size(); i++) {
                Features features = weights.features(terms(golden.test().get(i)));
                double[] all = new double[golden.terms().size()];
                IntStream.range(0, features.columns().length)
                        .forEach(j -> all[features.columns()[j]] = features.values()[j]);
                assertThat(all).containsExactly(golden.features()[i], within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Classifier.class)
    void probabilitiesAreThoseOfScikitLearn(Classifier classifier) throws IOException {
        for (Texts golden : golden().texts()) {
            try (LabelProduct product = tuned(golden, classifier)) {
                List<LabelAnswer> answers = product.answer(inputs(golden.test()));
                for (int i = 0; i < answers.size(); i++) {
                    assertClose(answers.get(i).probabilities(), golden.probabilities(classifier)[i]);
                }
            }
        }
    }

    @Test
    void logisticRegressionOfVectorsIsThatOfScikitLearn() throws IOException {
        for (Vectors golden : golden().vectors()) {
            List<Features> rows =
                    Arrays.stream(golden.rows()).map(Features::dense).toList();
            int labels = golden.probabilities()[0].length;
            LinearClassifier found = LogisticRegression.fit(rows, golden.labels(), labels, 5, golden.c());
            for (int i = 0; i < rows.size(); i++) {
                float[] probabilities = found.logProbabilities(rows.get(i));
                for (int label = 0; label < labels; label++) {
                    probabilities[label] = (float) Math.exp(probabilities[label]);
                }
                assertClose(probabilities, golden.probabilities()[i]);
            }
        }
    }

    private static void assertClose(float[] found, double[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).isCloseTo(expected[i], within(1e-5));
        }
    }

    @Test
    void chineseHasCharactersAndPairsForWords() {
        assertThat(terms("\u5f88\u597d\u5403\uff0c5G \u624b"))
                .containsExactly("\u5f88", "\u597d", "\u5f88\u597d", "\u5403", "\u597d\u5403", "5g", "\u624b");
    }

    @Test
    void textsWithoutAWordTeachNothing() {
        Texts empty =
                new Texts(List.of("!", "x"), new int[] {0, 1}, List.of(), List.of(), new double[0], NONE, NONE, NONE);
        assertThatThrownBy(() -> tuned(empty, Classifier.NAIVE_BAYES))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TRAINING_TOO_FEW_EXAMPLES));
    }

    private static List<Map<String, String>> inputs(List<String> texts) {
        return texts.stream().map(text -> Map.of("text", text)).toList();
    }

    private static LabelProduct tuned(Texts golden, Classifier classifier) {
        LabelTask task = TfIdfTasks.of(Arrays.stream(golden.labels()).max().orElse(0) + 1, classifier);
        TuningRequest<LabelProduct> request = new TuningRequest<>(
                new dev.cloze.runtime.training.TrainingRequest(UnaryOperator.identity(), List.of(), true),
                (product, record, folder) -> {
                    throw new AssertionError("nothing diverges");
                });
        return Strategies.classification(TuningMethod.TF_IDF)
                .tune(
                        task,
                        new LabeledValues(inputs(golden.texts()), golden.labels()),
                        new LabeledValues(List.of(), new int[0]),
                        request)
                .product();
    }
}
