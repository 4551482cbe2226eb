package dev.cloze.runtime.backbone.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.engine.GradientTensors;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What soft methods put into a T5, all in float64: embeddings in place of ids, and prefixes at its three sites. */
class T5InjectionTest {

    private static final int PREFIX = 3;
    private static final double STEP = 1e-5;

    private final T5 model;
    private final T5Config config;
    private final NDManager scope;
    private final RestatedT5 restated;
    private final List<TextRow> rows;
    private final Random random = new Random(7);

    T5InjectionTest() throws IOException, URISyntaxException {
        T5Fixture fixture = new T5Fixture("t5-v1_1");
        rows = fixture.rows("right");
        try (T5 loaded = fixture.load()) {
            model = inFloat64(loaded);
            config = model.config();
            scope = model.memory().newSubManager();
            restated = new RestatedT5(scope, config, loaded.tensors());
        }
    }

    private static T5 inFloat64(T5 loaded) {
        try (NDManager scope = loaded.memory().newSubManager()) {
            Map<WeightSlot, NDArray> wide = new LinkedHashMap<>();
            loaded.weights().forEach((slot, array) -> {
                NDArray copy = array.toType(DataType.FLOAT64, true);
                copy.attach(scope);
                wide.put(slot, copy);
            });
            return loaded.withWeights(wide);
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
        assertThat(distance(logits, plain) > 0.1).isEqualTo(sites != null);
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
        List<NDArray> soft = new ArrayList<>(List.of(embeddings));
        prefixes.values().forEach(soft::addAll);
        soft.forEach(array -> array.setRequiresGradient(true));
        try (Gradients gradients = Gradients.record()) {
            gradients.backward(
                    model.targetLoss(scope, rows, Dropout.NONE, injection).sum());
        }
        for (int i = 0; i < soft.size(); i++) {
            double[] values = soft.get(i).toDoubleArray();
            double[] gradient = soft.get(i).getGradient().toDoubleArray();
            for (int sample = 0; sample < 4; sample++) {
                int at = random.nextInt(values.length);
                double slope =
                        (loss(injection, i, values, at, STEP) - loss(injection, i, values, at, -STEP)) / (2 * STEP);
                assertThat(gradient[at]).as("array %d, number %d", i, at).isCloseTo(slope, within(1e-6));
            }
        }
        assertThat(soft).allMatch(GradientTensors::isAt);
        assertThat(model.weights().values()).noneMatch(GradientTensors::isAt);
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
        assertThat(GradientTensors.isAt(last)).isTrue();
        assertThat(model.weights().values()).noneMatch(NDArray::hasGradient).noneMatch(GradientTensors::isAt);
        assertThat(injection.prefix(PrefixSite.CROSS).subList(0, 2 * config.decoderLayers() - 1))
                .noneMatch(NDArray::hasGradient)
                .noneMatch(GradientTensors::isAt);
    }

    @Test
    void onePrefixCanStandAtTwoSitesAndTakesTheGradientsOfBoth() {
        List<NDArray> once = prefix(PrefixSite.ENCODER, 1);
        List<NDArray> again = once.stream().map(NDArray::duplicate).toList();
        Injection shared = new Injection(null, Map.of(PrefixSite.ENCODER, once, PrefixSite.CROSS, once), PREFIX);
        Injection apart = new Injection(null, Map.of(PrefixSite.ENCODER, once, PrefixSite.CROSS, again), PREFIX);
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
            each.put(site, prefix(site, rows.size()));
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

    /** The loss with one number of one of the arrays moved. */
    private double loss(Injection injection, int array, double[] values, int at, double step) {
        double[] moved = values.clone();
        moved[at] += step;
        List<NDArray> soft = new ArrayList<>();
        soft.add(java.util.Objects.requireNonNull(injection.embeddings()));
        injection.prefixes().values().forEach(soft::addAll);
        soft.set(array, scope.create(moved, soft.get(array).getShape()));
        Map<PrefixSite, List<NDArray>> prefixes = new LinkedHashMap<>();
        int from = 1;
        for (Map.Entry<PrefixSite, List<NDArray>> entry : injection.prefixes().entrySet()) {
            prefixes.put(
                    entry.getKey(),
                    List.copyOf(soft.subList(from, from += entry.getValue().size())));
        }
        Injection other = new Injection(soft.get(0), prefixes, injection.firstPosition());
        return Arrays.stream(losses(rows, other)).sum();
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
            prefixes.put(PrefixSite.valueOf(site), prefix(PrefixSite.valueOf(site), 1));
        }
        return prefixes;
    }

    private List<NDArray> prefix(PrefixSite site, int batch) {
        int layers = site == PrefixSite.ENCODER ? config.encoderLayers() : config.decoderLayers();
        Shape shape = new Shape(batch, config.heads(), PREFIX, config.headSize());
        List<NDArray> prefix = new ArrayList<>();
        for (int i = 0; i < 2 * layers; i++) {
            double[] numbers = random.doubles(shape.size(), -1.5, 1.5).toArray();
            prefix.add(scope.create(numbers, shape));
        }
        return prefix;
    }

    private int[] inputs(TextRow row) {
        int[] inputs = new int[row.target().length];
        inputs[0] = config.startToken();
        System.arraycopy(row.target(), 0, inputs, 1, inputs.length - 1);
        return inputs;
    }

    private static double distance(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                .max()
                .orElseThrow();
    }
}
