package dev.cloze.runtime.backbone.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.SoftInputs;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input embeddings and prefixes, as soft methods put them into every family of encoders, in 64 bits and with padding. */
@TestInstance(Lifecycle.PER_CLASS)
class EncoderInjectionTest {

    private static final int PREFIX = 3;
    private static final int[] WORDS = {7, 9, 11};

    private final Map<String, Loaded> loaded = new HashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void logitsAreThoseOfARestatementThatConcatenatesKeysAndValues(String family) {
        try (Model model = model(family)) {
            RestatedEncoder restated = new RestatedEncoder(model.scope, model.loaded.config(), model.single.tensors());
            List<NDArray> prefix = model.prefix(1, PREFIX);
            assertRestated(model, restated, Injection.NONE);
            for (int first : new int[] {0, PREFIX, 5}) {
                assertRestated(model, restated, model.behind(prefix, first));
            }
        }
    }

    /** In 64 bits, and as closely as can be in 32. */
    private static void assertRestated(Model model, RestatedEncoder restated, Injection injection) {
        double[] logits = model.logits(model.rows, new int[0], injection);
        List<NDArray> narrow = injection.prefix(PrefixSite.ENCODER).stream()
                .map(array -> array.toType(DataType.FLOAT32, true))
                .toList();
        float[] single = model.single
                .logits(
                        model.scope,
                        model.rows,
                        new int[0],
                        false,
                        Dropout.NONE,
                        model.behind(narrow, injection.firstPosition()))
                .toFloatArray();
        int width = logits.length / model.rows.size();
        for (int r = 0; r < model.rows.size(); r++) {
            double[] expected = restated.logits(model.rows.get(r), injection).toDoubleArray();
            assertThat(Arrays.copyOfRange(logits, r * width, (r + 1) * width)).containsExactly(expected, within(1e-9));
            for (int i = 0; i < width; i++) {
                assertThat((double) single[r * width + i]).isCloseTo(expected[i], within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void embeddingsOfTheIdsGiveTheLogitsOfTheIds(String family) {
        try (Model model = model(family)) {
            NDArray embeddings = model.encoder.embeddings(model.scope, model.rows);
            assertThat(model.logits(Injection.ofEmbeddings(embeddings)))
                    .containsExactly(model.logits(Injection.NONE), within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void aRowAndItsPrefixAreIndependentOfPaddingAndNeighbours(String family) {
        try (Model model = model(family)) {
            List<NDArray> each = model.prefix(model.rows.size(), PREFIX);
            double[] together = model.logits(model.behind(each, PREFIX));
            for (int r = 0; r < model.rows.size(); r++) {
                String row = r + ":" + (r + 1);
                List<NDArray> own = each.stream().map(array -> array.get(row)).toList();
                double[] alone = model.logits(model.rows.subList(r, r + 1), WORDS, model.behind(own, PREFIX));
                assertThat(Arrays.copyOfRange(together, r * alone.length, (r + 1) * alone.length))
                        .containsExactly(alone, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void aPrefixOfLengthZeroIsTheBaseModelAndOneOfZerosIsNot(String family) {
        try (Model model = model(family)) {
            double[] base = model.logits(Injection.NONE);
            assertThat(model.logits(model.behind(model.prefix(1, 0), 0))).containsExactly(base, within(1e-12));
            List<NDArray> zeros =
                    model.prefix(1, PREFIX).stream().map(NDArray::zerosLike).toList();
            double[] diluted = model.logits(model.behind(zeros, 0));
            assertThat(SoftInputs.distance(diluted, base)).isGreaterThan(0.01);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void permutedSoftPlacesPermuteTheirGradients(String family) {
        try (Model model = model(family)) {
            NDArray table =
                    model.soft.array(new Shape(PREFIX, model.encoder.shape().embeddingSize()));
            NDArray words = model.encoder.embeddings(model.scope, model.rows);
            model.soft.assertPermuted(
                    List.of(table),
                    0,
                    (arrays, ids) -> model.loss(Injection.ofEmbeddings(
                            model.soft.behind(arrays.get(0), new int[] {ids[0], ids[1], ids[2], ids[0]}, words))));
            model.soft.assertPermuted(
                    model.prefix(1, PREFIX), 2, (arrays, ids) -> model.loss(model.behind(arrays, PREFIX)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void gradientsOfEmbeddingsAndPrefixesAreFiniteDifferencesAndNothingFrozenHasOne(String family) {
        try (Model model = model(family)) {
            NDArray embeddings =
                    model.encoder.embeddings(model.scope, model.rows).duplicate();
            List<NDArray> prefix = model.prefix(1, PREFIX);
            Injection injection = new Injection(embeddings, Map.of(PrefixSite.ENCODER, prefix), PREFIX);
            List<NDArray> variables = new ArrayList<>(prefix);
            variables.add(embeddings);
            model.soft.assertSlopes(variables, () -> model.loss(injection));
            assertThat(variables).allMatch(Gradients::isAt);
            assertThat(model.encoder.weights().values())
                    .noneMatch(NDArray::hasGradient)
                    .noneMatch(Gradients::isAt);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void gradientsOfTheHeadAreFiniteDifferences(String family) {
        try (Model model = model(family);
                Encoder trained = model.encoder.trainableCopy()) {
            List<NDArray> head = trained.architecture().weights().head().stream()
                    .flatMap(slot -> slot.map(trained.weights()::get).stream())
                    .toList();
            model.soft.assertSlopes(head, () -> model.loss(trained, Injection.NONE));
        }
    }

    private Model model(String family) {
        return new Model(loaded.computeIfAbsent(family, Loaded::of));
    }

    @AfterAll
    void free() {
        loaded.values().forEach(each -> {
            each.exact().close();
            each.single().close();
        });
    }

    /** An encoder, in 32 bits as it is loaded and in 64. */
    private record Loaded(JsonObject config, List<TokenRow> rows, Encoder single, Encoder exact) {

        static Loaded of(String family) {
            try {
                ParityFixture fixture = new ParityFixture(family);
                Encoder single = fixture.load();
                Encoder exact = single.withWeights(SoftInputs.doubles(single));
                return new Loaded(fixture.json("config.json"), fixture.rows("right"), single, exact);
            } catch (IOException | URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What a test does with one. */
    private static final class Model implements AutoCloseable {

        final Loaded loaded;
        final Encoder single;
        final Encoder encoder;
        final NDManager scope;
        final List<TokenRow> rows;
        final SoftInputs soft;

        Model(Loaded loaded) {
            this.loaded = loaded;
            single = loaded.single();
            encoder = loaded.exact();
            scope = encoder.memory().newSubManager();
            soft = new SoftInputs(scope);
            rows = loaded.rows().stream()
                    .map(row -> new TokenRow(row.ids(), row.segments(), new int[] {row.length() / 2, row.length() - 1}))
                    .toList();
        }

        List<NDArray> prefix(int batch, int length) {
            return soft.prefix(encoder.shape(), batch, length);
        }

        Injection behind(List<NDArray> prefix, int first) {
            return prefix.isEmpty() ? Injection.NONE : new Injection(null, Map.of(PrefixSite.ENCODER, prefix), first);
        }

        double[] logits(Injection injection) {
            return logits(rows, WORDS, injection);
        }

        double[] logits(List<TokenRow> texts, int[] words, Injection injection) {
            return encoder.logits(scope, texts, words, false, Dropout.NONE, injection)
                    .toDoubleArray();
        }

        NDArray loss(Injection injection) {
            return loss(encoder, injection);
        }

        /** One that every logit moves. */
        NDArray loss(Encoder other, Injection injection) {
            return other.logits(scope, rows, WORDS, false, Dropout.NONE, injection)
                    .tanh()
                    .sum();
        }

        @Override
        public void close() {
            scope.close();
        }
    }
}
