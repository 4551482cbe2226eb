package dev.cloze.runtime.backbone.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.SoftInputs;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What soft methods put into a T5, all in float64: embeddings in place of ids, and prefixes at its three sites. */
@ParameterizedClass
@ValueSource(strings = {"t5-v1_1", "umt5"})
class T5InjectionTest {

    private static final int PREFIX = 3;

    private final T5 model;
    private final T5Config config;
    private final NDManager scope;
    private final RestatedT5 restated;
    private final List<TextRow> rows;
    private final SoftInputs soft;

    T5InjectionTest(String name) throws IOException, URISyntaxException {
        T5Fixture fixture = new T5Fixture(name);
        rows = fixture.rows("right");
        try (T5 loaded = fixture.load()) {
            model = loaded.withWeights(SoftInputs.doubles(loaded));
            config = model.config();
            scope = model.memory().newSubManager();
            soft = new SoftInputs(scope);
            restated = new RestatedT5(scope, config, loaded.tensors());
        }
    }

    @AfterEach
    void free() {
        scope.close();
        model.close();
    }

    @Test
    void embeddingsInPlaceOfIdsGiveTheSameLossWithPaddingToo() {
        assertThat(losses(rows, Injection.ofEmbeddings(embeddings())))
                .containsExactly(losses(rows, Injection.NONE), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "ENCODER, 3",
        "ENCODER, 0",
        "DECODER, 3",
        "DECODER, 0",
        "CROSS, 3",
        "CROSS, 0",
        "ENCODER DECODER CROSS, 3",
        "ENCODER DECODER CROSS, 5",
        ", 0",
        ", 4"
    })
    void logitsAreThoseOfARestatementThatPutsKeysAndValuesInFront(String sites, int firstPosition) {
        Injection injection = new Injection(null, prefixes(sites == null ? "" : sites), firstPosition);
        double[] plain = model.logits(scope, rows, Injection.NONE).toDoubleArray();
        double[] logits = model.logits(scope, rows, injection).toDoubleArray();
        int at = 0;
        for (TextRow row : rows) {
            double[] expected =
                    restated.logits(row.source(), inputs(row), injection).toDoubleArray();
            assertThat(Arrays.copyOfRange(logits, at, at + expected.length)).containsExactly(expected, within(1e-9));
            at += expected.length;
        }
        assertThat(at).isEqualTo(logits.length);
        assertThat(SoftInputs.distance(logits, plain) > 0.1).isEqualTo(sites != null);
    }

    @Test
    void decoderPrefixesOfTheModelsOwnActivationsGiveTheLogitsOfThatTextPrepended() {
        int[] before = {9, 4, 23, 57, 11, 2, 30};
        TextRow row = rows.get(2);
        int[] whole = IntStream.concat(Arrays.stream(before), Arrays.stream(inputs(row)))
                .toArray();
        restated.logits(row.source(), before, Injection.NONE);
        Injection injection = Injection.ofPrefix(PrefixSite.DECODER, restated.ownKeysAndValues());
        double[] prefixed = model.logits(scope, List.of(row), injection).toDoubleArray();
        double[] prepended = model.logitsAtInputs(scope, row.source(), whole).toDoubleArray();
        assertThat(prefixed)
                .containsExactly(
                        Arrays.copyOfRange(prepended, prepended.length - prefixed.length, prepended.length),
                        within(1e-9));
    }

    @Test
    void gradientsOfEmbeddingsAndOfEveryPrefixAreThoseOfFiniteDifferences() {
        Map<PrefixSite, List<NDArray>> prefixes = prefixes("ENCODER DECODER CROSS");
        NDArray embeddings = embeddings();
        Injection injection = new Injection(embeddings, prefixes, PREFIX);
        List<NDArray> inputs = new ArrayList<>(List.of(embeddings));
        prefixes.values().forEach(inputs::addAll);
        soft.assertSlopes(inputs, () -> loss(injection));
        assertThat(inputs).allMatch(Gradients::isAt);
        assertThat(model.weights().values()).noneMatch(Gradients::isAt);
    }

    @Test
    void nothingFrozenTakesAGradientAndNothingBeforeTheFirstTrainedIsDifferentiated() {
        Injection injection = new Injection(null, prefixes("CROSS"), 0);
        NDArray last = injection.prefix(PrefixSite.CROSS).get(2 * config.decoderLayers() - 1);
        last.setRequiresGradient(true);
        try (Gradients gradients = Gradients.record()) {
            gradients.backward(
                    model.targetLoss(scope, rows, Dropout.NONE, injection).sum());
        }
        assertThat(last.getGradient().abs().sum().toDoubleArray()[0]).isPositive();
        assertThat(Gradients.isAt(last)).isTrue();
        assertThat(model.weights().values()).noneMatch(NDArray::hasGradient).noneMatch(Gradients::isAt);
        assertThat(injection.prefix(PrefixSite.CROSS).subList(0, 2 * config.decoderLayers() - 1))
                .noneMatch(NDArray::hasGradient)
                .noneMatch(Gradients::isAt);
    }

    @Test
    void onePrefixCanStandAtTwoSitesAndTakesTheGradientsOfBoth() {
        List<NDArray> once = prefix(PrefixSite.DECODER, 1, PREFIX);
        List<NDArray> again = once.stream().map(NDArray::duplicate).toList();
        Injection shared = new Injection(null, Map.of(PrefixSite.DECODER, once, PrefixSite.CROSS, once), PREFIX);
        Injection apart = new Injection(null, Map.of(PrefixSite.DECODER, once, PrefixSite.CROSS, again), PREFIX);
        assertThat(losses(rows, shared)).containsExactly(losses(rows, apart), within(1e-9));
        once.get(0).setRequiresGradient(true);
        again.get(0).setRequiresGradient(true);
        try (Gradients gradients = Gradients.record()) {
            gradients.backward(
                    model.targetLoss(scope, rows, Dropout.NONE, apart).sum());
            NDArray both = once.get(0).getGradient().add(again.get(0).getGradient());
            once.get(0).getGradient().subi(once.get(0).getGradient().duplicate());
            gradients.backward(
                    model.targetLoss(scope, rows, Dropout.NONE, shared).sum());
            assertThat(once.get(0).getGradient().toDoubleArray()).containsExactly(both.toDoubleArray(), within(1e-9));
        }
    }

    @Test
    void aPrefixForEachRowIsThatRowsOwn() {
        Map<PrefixSite, List<NDArray>> each = new EnumMap<>(PrefixSite.class);
        for (PrefixSite site : PrefixSite.values()) {
            each.put(site, prefix(site, rows.size(), PREFIX));
        }
        double[] together = losses(rows, new Injection(null, each, PREFIX));
        for (int r = 0; r < rows.size(); r++) {
            int row = r;
            Map<PrefixSite, List<NDArray>> own = new EnumMap<>(PrefixSite.class);
            each.forEach((site, arrays) -> own.put(
                    site,
                    arrays.stream()
                            .map(array -> array.get(row + ":" + (row + 1)))
                            .toList()));
            double[] alone = losses(List.of(rows.get(r)), new Injection(null, own, PREFIX));
            assertThat(together[r]).isCloseTo(alone[0], within(1e-9));
        }
    }

    @Test
    void aPrefixOfLengthZeroIsTheBaseModelAndOneOfZerosIsNot() {
        double[] base = losses(rows, Injection.NONE);
        for (PrefixSite site : PrefixSite.values()) {
            List<NDArray> nothing = prefix(site, 1, 0);
            List<NDArray> zeros =
                    prefix(site, 1, PREFIX).stream().map(NDArray::zerosLike).toList();
            assertThat(losses(rows, new Injection(null, Map.of(site, nothing), 0)))
                    .containsExactly(base, within(1e-10));
            assertThat(SoftInputs.distance(losses(rows, new Injection(null, Map.of(site, zeros), 0)), base))
                    .as("zeros at %s", site)
                    .isGreaterThan(0.01);
        }
    }

    /** Only before the encoder's states do places have no position. */
    @Test
    void permutedSoftPlacesPermuteTheirGradients() {
        NDArray table = soft.array(new Shape(PREFIX, config.hiddenSize()));
        NDArray words = embeddings();
        soft.assertPermuted(List.of(table), 0, (arrays, ids) -> {
            int[] places = {ids[0], ids[1], ids[2], ids[0]};
            return loss(Injection.ofEmbeddings(soft.behind(arrays.get(0), places, words)));
        });
        soft.assertPermuted(
                prefix(PrefixSite.CROSS, 1, PREFIX),
                2,
                (arrays, ids) -> loss(Injection.ofPrefix(PrefixSite.CROSS, arrays)));
    }

    private NDArray loss(Injection injection) {
        return model.targetLoss(scope, rows, Dropout.NONE, injection).sum();
    }

    private double[] losses(List<TextRow> texts, Injection injection) {
        return model.targetLoss(scope, texts, Dropout.NONE, injection).toDoubleArray();
    }

    private NDArray embeddings() {
        List<TokenRow> texts = rows.stream()
                .map(row -> new TokenRow(row.source(), new int[row.source().length], new int[0]))
                .toList();
        return model.embeddings(scope, texts).duplicate();
    }

    private Map<PrefixSite, List<NDArray>> prefixes(String sites) {
        Map<PrefixSite, List<NDArray>> prefixes = new EnumMap<>(PrefixSite.class);
        for (String site : sites.isEmpty() ? new String[0] : sites.split(" ")) {
            prefixes.put(PrefixSite.valueOf(site), prefix(PrefixSite.valueOf(site), 1, PREFIX));
        }
        return prefixes;
    }

    private List<NDArray> prefix(PrefixSite site, int batch, int length) {
        int layers = site == PrefixSite.ENCODER ? config.encoderLayers() : config.decoderLayers();
        return soft.prefix(layers, new Shape(batch, config.heads(), length, config.headSize()));
    }

    private int[] inputs(TextRow row) {
        int[] inputs = new int[row.target().length];
        inputs[0] = config.startToken();
        System.arraycopy(row.target(), 0, inputs, 1, inputs.length - 1);
        return inputs;
    }
}
