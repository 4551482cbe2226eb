package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.backbone.t5.T5;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.tuning.prefix.PrefixForm;
import dev.cloze.runtime.tuning.prefix.PrefixLayout;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows of different tasks in one batch: each has a prefix of its own length, or none, and begins where it likes. Each is what it
 * is alone.
 */
@ParameterizedClass
@ValueSource(
        strings = {
            "parity/bert-tied",
            "parity/roberta",
            "parity/albert",
            "parity/distilbert",
            "parity-decoder/gpt2",
            "parity-decoder/llama3",
            "parity-decoder/qwen3",
            "parity-t5/t5",
            "parity-t5/t5-v1_1",
            "parity-t5/umt5"
        })
class MixedRowsTest {

    private static final int[] ALL = {};
    private static final int[] LENGTHS = {3, 9, 6, 12, 5};

    private final Backbone single;
    private final Backbone exact;
    private final NDManager scope;
    private final SoftInputs soft;
    private final List<TokenRow> rows = new ArrayList<>();
    private List<Injection> each;

    MixedRowsTest(String name) throws IOException {
        single = TinyBackbones.load(name);
        exact = single.withWeights(SoftInputs.doubles(single));
        scope = exact.memory().newSubManager();
        soft = new SoftInputs(scope);
        Random random = new Random(3);
        for (int length : LENGTHS) {
            int[] ids = random.ints(length, 3, 60).toArray();
            rows.add(new TokenRow(ids, new int[length], new int[] {length - 1}));
        }
        Injection longer = injection(4, 4);
        each = List.of(longer, Injection.NONE, injection(2, 0), longer, injection(1, 6));
    }

    @AfterEach
    void free() {
        scope.close();
        exact.close();
        single.close();
    }

    /** Of a row that begins later than the longest one the padding is beyond the last position. */
    @Test
    void aRowOfAllPositionsRidesBesideOneThatBeginsBehindItsPrefix() {
        int most = exact.shape().maxLength();
        rows.clear();
        for (int length : new int[] {most, most - 6}) {
            int[] ids = new Random(length).ints(length, 3, 60).toArray();
            rows.add(new TokenRow(ids, new int[length], new int[] {length - 1}));
        }
        each = List.of(Injection.NONE, injection(4, 4));
        assertAlone(
                1e-10,
                InjectionRows.joined(scope, each),
                (texts, injection) -> exact.logits(scope, texts, ALL, false, Dropout.NONE, injection));
    }

    @Test
    void eachRowsLogitsAndStatesAreItsOwn() {
        Injection joined = InjectionRows.joined(scope, each);
        assertThat(joined.isByRow()).isTrue();
        assertAlone(
                1e-10, joined, (texts, injection) -> exact.logits(scope, texts, ALL, false, Dropout.NONE, injection));
        for (StatePooling pooling : StatePooling.values()) {
            assertAlone(
                    1e-10, joined, (texts, injection) -> exact.states(scope, texts, pooling, Dropout.NONE, injection));
            assertAlone(1e-10, joined, (texts, injection) -> exact.states(scope, texts, pooling, injection));
        }
    }

    /** Keys and values that are views of one array each are laid side by side at once, and are the same. */
    @Test
    void viewsOfOneArrayAreJoinedAsArraysAre() {
        List<Injection> viewed = List.of(whole(4), Injection.NONE, whole(2), whole(4));
        List<Injection> apart = viewed.stream()
                .map(own -> new Injection(null, null, own.prefixes(), own.firstPositions(), own.lengths()))
                .toList();
        Injection one = InjectionRows.joined(scope, viewed);
        Injection other = InjectionRows.joined(scope, apart);
        for (PrefixSite site : exact.prefixSites().keySet()) {
            assertThat(one.lengths().get(site)).containsExactly(other.lengths().get(site));
            List<NDArray> arrays = one.prefix(site);
            assertThat(arrays).hasSize(2 * exact.prefixSites().get(site)).hasSameSizeAs(other.prefix(site));
            for (int i = 0; i < arrays.size(); i++) {
                assertThat(arrays.get(i).getShape())
                        .isEqualTo(other.prefix(site).get(i).getShape());
                assertThat(numbers(arrays.get(i)))
                        .containsExactly(numbers(other.prefix(site).get(i)));
            }
        }
    }

    private Injection whole(int length) {
        PrefixForm form = PrefixForm.of(PrefixLayout.of(exact, length));
        List<NDArray> vectors = form.slots().stream()
                .map(slot -> soft.array(new Shape(slot.shape())))
                .toList();
        return form.injection(scope, vectors, Dropout.NONE);
    }

    @Test
    void anInjectionsRowsInAnyOrderAreTheirOwn() {
        Injection joined = InjectionRows.joined(scope, each);
        for (int[] order : new int[][] {{4, 2, 0}, {2, 1}, {1}, {0, 3}}) {
            Injection some = InjectionRows.of(scope, joined, order);
            List<TokenRow> texts = Arrays.stream(order).mapToObj(rows::get).toList();
            double[] together = numbers(exact.logits(scope, texts, ALL, false, Dropout.NONE, some));
            int width = together.length / order.length;
            for (int i = 0; i < order.length; i++) {
                double[] alone = numbers(
                        exact.logits(scope, texts.subList(i, i + 1), ALL, false, Dropout.NONE, each.get(order[i])));
                assertThat(Arrays.copyOfRange(together, i * width, (i + 1) * width))
                        .containsExactly(alone, within(1e-10));
            }
        }
        assertThat(InjectionRows.of(scope, joined, 0, 3).isByRow()).isFalse();
        assertThat(InjectionRows.of(scope, joined, 1).prefixes()).isEmpty();
    }

    @Test
    void predictionsInBucketsAreThoseOfTheRows() {
        Injection joined = singles(InjectionRows.joined(scope, each));
        for (boolean normalise : new boolean[] {false, true}) {
            float[][][] together = single.scores(rows, new int[] {7, 9}, normalise, joined);
            for (int r = 0; r < rows.size(); r++) {
                float[][][] alone =
                        single.scores(rows.subList(r, r + 1), new int[] {7, 9}, normalise, singles(each.get(r)));
                assertThat(together[r][0]).as("row %d", r).containsExactly(alone[0][0], within(1e-5f));
                if (!normalise) {
                    double[] exactly = numbers(exact.logits(
                            scope, rows.subList(r, r + 1), new int[] {7, 9}, false, Dropout.NONE, each.get(r)));
                    assertThat((double) together[r][0][1]).isCloseTo(exactly[1], within(1e-4));
                }
            }
        }
        float[][] vectors = StateVectors.of(single, rows, StatePooling.PLACES, joined);
        for (int r = 0; r < rows.size(); r++) {
            float[][] alone =
                    StateVectors.of(single, rows.subList(r, r + 1), StatePooling.PLACES, singles(each.get(r)));
            assertThat(vectors[r]).containsExactly(alone[0], within(1e-5f));
        }
    }

    /** Gradients of the joined batch's loss are the sums of what each row's loss gives. */
    @Test
    void gradientsAreThoseOfTheRows() {
        List<NDArray> arrays = each.stream()
                .flatMap(own -> own.prefixes().values().stream())
                .flatMap(List::stream)
                .distinct()
                .toList();
        arrays.forEach(array -> array.setRequiresGradient(true));
        try (Gradients gradients = Gradients.record()) {
            gradients.backward(loss(rows, InjectionRows.joined(scope, each)));
        }
        List<double[]> together = taken(arrays);
        for (int r = 0; r < rows.size(); r++) {
            try (Gradients gradients = Gradients.record()) {
                if (!each.get(r).prefixes().isEmpty()) {
                    gradients.backward(loss(rows.subList(r, r + 1), each.get(r)));
                }
            }
        }
        List<double[]> alone = taken(arrays);
        for (int i = 0; i < arrays.size(); i++) {
            assertThat(together.get(i)).as("array %d", i).containsExactly(alone.get(i), within(1e-9));
            assertThat(Arrays.stream(together.get(i)).map(Math::abs).max().orElse(0))
                    .isPositive();
        }
        assertThat(exact.weights().values()).noneMatch(NDArray::hasGradient);
    }

    @Test
    void targetsAreAsProbableAsAlone() {
        if (!(exact instanceof TextBackbone writer)) {
            return;
        }
        List<TextRow> texts = rows.stream()
                .map(row -> new TextRow(row.ids(), Arrays.copyOfRange(row.ids(), 0, 1 + row.length() / 3)))
                .toList();
        Injection joined = InjectionRows.joined(scope, each);
        double[] together = numbers(writer.targetLoss(scope, texts, Dropout.NONE, joined));
        double[] inBuckets = ((TextBackbone) single).targetLosses(texts, singles(joined));
        for (int r = 0; r < texts.size(); r++) {
            double alone = numbers(writer.targetLoss(scope, texts.subList(r, r + 1), Dropout.NONE, each.get(r)))[0];
            assertThat(together[r]).isCloseTo(alone, within(1e-10));
            assertThat(inBuckets[r]).isCloseTo(alone, within(2e-4));
        }
    }

    /** Rows branch, and prompts end, one after the other. */
    @Test
    void whatIsWrittenBehindEachIsAsAlone() {
        if (!(exact instanceof TextBackbone writer)) {
            return;
        }
        List<int[]> prompts = rows.stream().map(TokenRow::ids).toList();
        int[][] steps = {{0, 1, 2, 3, 4}, {0, 0, 1, 1, 2, 2, 3, 3, 4, 4}, {2, 3, 4, 5, 9, 8}, {0, 2, 5}, {2}};
        try (Decoding together = writer.read(prompts, steps.length, InjectionRows.joined(scope, each))) {
            int[] prompt = IntStream.range(0, prompts.size()).toArray();
            List<int[]> written =
                    IntStream.range(0, prompts.size()).mapToObj(r -> new int[0]).toList();
            assertWritten(writer, together, prompt, written);
            for (int[] parents : steps) {
                int[] tokens = Arrays.stream(parents).map(parent -> 50 - parent).toArray();
                together.advance(parents, tokens);
                int[] of = prompt;
                List<int[]> before = written;
                prompt = Arrays.stream(parents).map(parent -> of[parent]).toArray();
                written = Arrays.stream(parents)
                        .mapToObj(parent -> joined(before.get(parent), 50 - parent))
                        .toList();
                assertWritten(writer, together, prompt, written);
            }
        }
    }

    private void assertWritten(TextBackbone writer, Decoding together, int[] prompt, List<int[]> written) {
        double[] logits = numbers(together.logits());
        int width = logits.length / written.size();
        for (int r = 0; r < written.size(); r++) {
            int[] text = rows.get(prompt[r]).ids();
            try (Decoding alone = writer.read(List.of(text), written.get(r).length + 1, each.get(prompt[r]))) {
                for (int token : written.get(r)) {
                    alone.advance(new int[] {0}, new int[] {token});
                }
                assertThat(Arrays.copyOfRange(logits, r * width, (r + 1) * width))
                        .as("row %d after %s", r, Arrays.toString(written.get(r)))
                        .containsExactly(numbers(alone.logits()), within(1e-10));
            }
        }
    }

    /** Tasks that all call their first virtual token by the same id. */
    @Test
    void virtualTokensOfDifferentTasksAreNumberedOneAfterTheOther() {
        Injection two = Injection.ofVirtualTokens(vectors(2));
        Injection one = Injection.ofVirtualTokens(vectors(1));
        List<Injection> mixed = List.of(two, each.get(0), one, two, Injection.NONE);
        List<TokenRow> texts = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            int[] ids = rows.get(r).ids().clone();
            int virtual = mixed.get(r) == two ? 2 : mixed.get(r) == one ? 1 : 0;
            for (int v = 0; v < virtual; v++) {
                ids[v] = Injection.virtualId(v);
            }
            texts.add(new TokenRow(ids, new int[ids.length], new int[] {ids.length - 1}));
        }
        int[] starts = InjectionRows.virtualStarts(mixed);
        assertThat(starts).containsExactly(0, 0, 2, 0, 0);
        List<TokenRow> numbered = new ArrayList<>();
        for (int r = 0; r < texts.size(); r++) {
            int start = starts[r];
            int[] ids = Arrays.stream(texts.get(r).ids())
                    .map(id -> id < 0 ? id - start : id)
                    .toArray();
            numbered.add(new TokenRow(ids, texts.get(r).segments(), texts.get(r).asked()));
        }
        double[] together =
                numbers(exact.logits(scope, numbered, ALL, false, Dropout.NONE, InjectionRows.joined(scope, mixed)));
        int width = together.length / rows.size();
        for (int r = 0; r < texts.size(); r++) {
            double[] alone =
                    numbers(exact.logits(scope, texts.subList(r, r + 1), ALL, false, Dropout.NONE, mixed.get(r)));
            assertThat(Arrays.copyOfRange(together, r * width, (r + 1) * width))
                    .as("row %d", r)
                    .containsExactly(alone, within(1e-10));
        }
    }

    private NDArray vectors(int count) {
        return scope.randomNormal(0, 1, new Shape(count, exact.shape().embeddingSize()), DataType.FLOAT64);
    }

    @Test
    void embeddingsAreNotJoined() {
        Injection embeddings = Injection.ofEmbeddings(exact.embeddings(scope, rows.subList(0, 1)));
        assertThatThrownBy(() -> InjectionRows.joined(scope, List.of(embeddings, Injection.NONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("embeddings are laid out for a batch");
    }

    /** Embeddings that are wider than the rows they are taken for are cut to them. */
    @Test
    void embeddingsOfSomeRowsAreThoseRows() {
        Injection all = Injection.ofEmbeddings(exact.embeddings(scope, rows));
        Injection some = InjectionRows.of(scope, all, 2, 0);
        List<TokenRow> texts = List.of(rows.get(2), rows.get(0));
        assertThat(numbers(exact.logits(scope, texts, ALL, false, Dropout.NONE, some)))
                .containsExactly(
                        numbers(exact.logits(scope, texts, ALL, false, Dropout.NONE, Injection.NONE)), within(1e-12));
    }

    private interface Call {
        NDArray of(List<TokenRow> texts, Injection injection);
    }

    private void assertAlone(double precision, Injection joined, Call call) {
        double[] together = numbers(call.of(rows, joined));
        int width = together.length / rows.size();
        for (int r = 0; r < rows.size(); r++) {
            double[] alone = numbers(call.of(rows.subList(r, r + 1), each.get(r)));
            assertThat(Arrays.copyOfRange(together, r * width, (r + 1) * width))
                    .as("row %d", r)
                    .containsExactly(alone, within(precision));
        }
    }

    private NDArray loss(List<TokenRow> texts, Injection injection) {
        return exact.logits(scope, texts, ALL, false, Dropout.NONE, injection)
                .tanh()
                .sum();
    }

    private static List<double[]> taken(List<NDArray> arrays) {
        return arrays.stream()
                .map(array -> {
                    NDArray gradient = array.getGradient();
                    double[] numbers = gradient.toDoubleArray();
                    gradient.subi(gradient.duplicate());
                    return numbers;
                })
                .toList();
    }

    /** At every site that the family has. */
    private Injection injection(int length, int first) {
        Map<PrefixSite, List<NDArray>> prefixes = new EnumMap<>(PrefixSite.class);
        BackboneShape shape = exact.shape();
        if (exact.kind() != BackboneKind.DECODER) {
            prefixes.put(PrefixSite.ENCODER, soft.prefix(shape, 1, length));
        }
        if (exact.kind() == BackboneKind.DECODER) {
            prefixes.put(PrefixSite.DECODER, soft.prefix(shape, 1, length));
        }
        if (exact instanceof T5 t5) {
            Shape each = new Shape(1, shape.keyValueHeads(), length, shape.headSize());
            prefixes.put(PrefixSite.DECODER, soft.prefix(t5.decoderLayers(), each));
            prefixes.put(PrefixSite.CROSS, soft.prefix(t5.decoderLayers(), each));
        }
        return new Injection(null, prefixes, first);
    }

    private Injection singles(Injection injection) {
        Function<NDArray, NDArray> narrow = array -> array.toType(DataType.FLOAT32, true);
        Map<PrefixSite, List<NDArray>> prefixes = new EnumMap<>(PrefixSite.class);
        injection
                .prefixes()
                .forEach((site, arrays) ->
                        prefixes.put(site, arrays.stream().map(narrow).toList()));
        return new Injection(null, null, prefixes, injection.firstPositions(), injection.lengths());
    }

    private static double[] numbers(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }

    private static int[] joined(int[] tokens, int last) {
        int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
        longer[tokens.length] = last;
        return longer;
    }
}
