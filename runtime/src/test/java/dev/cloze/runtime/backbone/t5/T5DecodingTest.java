package dev.cloze.runtime.backbone.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.TensorStore;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writing token by token with caches: always what the whole text gives without one. */
class T5DecodingTest {

    private static final int MOST = 24;

    private final T5 model;
    private final NDManager scope;
    private final List<int[]> prompts =
            List.of(new int[] {7, 30, 9, 1}, new int[] {5, 1}, new int[] {4, 8, 15, 16, 23, 1});

    T5DecodingTest() throws IOException, URISyntaxException {
        model = new T5Fixture("t5-v1_1").load();
        scope = model.memory().newSubManager();
    }

    static List<T5Fixture> fixtures() throws IOException, URISyntaxException {
        return T5Fixture.all();
    }

    @AfterEach
    void free() {
        scope.close();
        model.close();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void tokenByTokenTheLogitsAreThoseOfTheWholeText(T5Fixture fixture) throws IOException {
        try (T5 other = fixture.load();
                NDManager memory = other.memory().newSubManager()) {
            TextRow row = fixture.rows("single").get(0);
            float[] whole = other.logits(memory, List.of(row), Injection.NONE).toFloatArray();
            int vocabulary = whole.length / row.target().length;
            try (Decoding decoding = other.read(List.of(row.source()), row.target().length, Injection.NONE)) {
                for (int t = 0; t < row.target().length; t++) {
                    assertThat(decoding.logits().toFloatArray())
                            .as("position %d", t)
                            .containsExactly(
                                    Arrays.copyOfRange(whole, t * vocabulary, (t + 1) * vocabulary), within(2e-5f));
                    decoding.advance(new int[] {0}, new int[] {row.target()[t]});
                }
            }
        }
    }

    @Test
    void greedyTextsOfUnequalPromptsInOneBatchAreThoseOfTransformers() throws IOException, URISyntaxException {
        T5Fixture fixture = new T5Fixture("t5");
        JsonObject golden = fixture.json("generation.json");
        JsonObject greedy = golden.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(greedy.get("name").getAsString()).isEqualTo("greedy");
        List<int[]> asked = List.of(ParityFixture.matrix(golden.get("prompts")));
        try (T5 other = fixture.load()) {
            List<List<Integer>> texts = greedy(other, asked, 20);
            for (JsonElement result : greedy.getAsJsonArray("results")) {
                JsonObject expected = result.getAsJsonObject();
                int prompt = expected.get("prompt").getAsInt();
                int[] text = ParityFixture.matrix(expected.get("texts"))[0];
                assertThat(texts.get(prompt))
                        .as("prompt %d", prompt)
                        .containsExactlyElementsOf(Arrays.stream(text).boxed().toList());
            }
        }
    }

    /** The most probable token at each step; a prompt is left out once its text has ended. */
    private static List<List<Integer>> greedy(T5 model, List<int[]> prompts, int most) {
        List<List<Integer>> texts = new ArrayList<>();
        prompts.forEach(prompt -> texts.add(new ArrayList<>()));
        int[] open = java.util.stream.IntStream.range(0, prompts.size()).toArray();
        try (Decoding decoding = model.read(prompts, most, Injection.NONE)) {
            for (int step = 0; step < most && open.length > 0; step++) {
                float[] logits = decoding.logits().toFloatArray();
                int vocabulary = logits.length / open.length;
                List<Integer> parents = new ArrayList<>();
                for (int r = 0; r < open.length; r++) {
                    int best = 0;
                    for (int v = 1; v < vocabulary; v++) {
                        best = logits[r * vocabulary + v] > logits[r * vocabulary + best] ? v : best;
                    }
                    texts.get(open[r]).add(best);
                    if (best != model.endTokens()[0]) {
                        parents.add(r);
                    }
                }
                int[] rows = open;
                open = parents.stream().mapToInt(r -> rows[r]).toArray();
                int[] tokens = parents.stream()
                        .mapToInt(r -> texts.get(rows[r]).get(texts.get(rows[r]).size() - 1))
                        .toArray();
                if (open.length > 0) {
                    decoding.advance(parents.stream().mapToInt(r -> r).toArray(), tokens);
                }
            }
        }
        return texts;
    }

    @Test
    void rowsThatBranchAndPromptsThatEndSeeTheirOwnAncestorsOnly() {
        try (Decoding decoding = model.read(prompts, MOST, Injection.NONE)) {
            walk(decoding, Injection.NONE);
        }
    }

    @Test
    void prefixesAtAllSitesCountAtEveryStep() {
        for (int first : new int[] {0, 3, 5}) {
            Injection injection = new Injection(null, prefixes(), first);
            try (Decoding decoding = model.read(prompts, MOST, injection)) {
                walk(decoding, injection);
            }
        }
    }

    @Test
    void embeddingsCanStandForThePrompts() {
        List<TokenRow> rows = prompts.stream()
                .map(ids -> new TokenRow(ids, new int[ids.length], new int[0]))
                .toList();
        Injection injection = Injection.ofEmbeddings(model.embeddings(scope, rows));
        try (Decoding embedded = model.read(prompts, 1, injection);
                Decoding plain = model.read(prompts, 1, Injection.NONE)) {
            assertThat(embedded.logits().toFloatArray())
                    .containsExactly(plain.logits().toFloatArray(), within(1e-6f));
        }
    }

    /** Three prompts of one row, then two rows each, crossed over; then the middle prompt ends; then one row each. */
    private void walk(Decoding decoding, Injection injection) {
        List<Written> rows = new ArrayList<>();
        for (int[] prompt : prompts) {
            rows.add(new Written(prompt, new int[0]));
        }
        check(decoding, rows, injection);
        rows = advance(decoding, rows, new int[] {0, 0, 1, 1, 2, 2}, new int[] {9, 10, 11, 12, 13, 14}, injection);
        rows = advance(decoding, rows, new int[] {1, 0, 3, 3, 5, 4}, new int[] {20, 21, 22, 23, 24, 25}, injection);
        rows = advance(decoding, rows, new int[] {0, 1, 4, 4}, new int[] {30, 31, 32, 33}, injection);
        rows = advance(decoding, rows, new int[] {1, 3}, new int[] {40, 41}, injection);
        for (int i = 0; i < 12; i++) {
            rows = advance(decoding, rows, new int[] {0, 1}, new int[] {3 + i, 50 - i}, injection);
        }
        advance(decoding, rows, new int[] {1}, new int[] {2}, injection);
    }

    private List<Written> advance(
            Decoding decoding, List<Written> rows, int[] parents, int[] tokens, Injection injection) {
        decoding.advance(parents, tokens);
        List<Written> next = new ArrayList<>();
        for (int r = 0; r < parents.length; r++) {
            Written parent = rows.get(parents[r]);
            int[] text = Arrays.copyOf(parent.text(), parent.text().length + 1);
            text[text.length - 1] = tokens[r];
            next.add(new Written(parent.prompt(), text));
        }
        check(decoding, next, injection);
        return next;
    }

    private void check(Decoding decoding, List<Written> rows, Injection injection) {
        assertThat(decoding.rows()).isEqualTo(rows.size());
        float[] logits = decoding.logits().toFloatArray();
        int vocabulary = logits.length / rows.size();
        for (int r = 0; r < rows.size(); r++) {
            int[] target = Arrays.copyOf(rows.get(r).text(), rows.get(r).text().length + 1);
            TextRow row = new TextRow(rows.get(r).prompt(), target);
            float[] whole = model.logits(scope, List.of(row), injection).toFloatArray();
            assertThat(Arrays.copyOfRange(logits, r * vocabulary, (r + 1) * vocabulary))
                    .as("row %d of %d after %d tokens", r, rows.size(), target.length - 1)
                    .containsExactly(Arrays.copyOfRange(whole, whole.length - vocabulary, whole.length), within(1e-5f));
        }
    }

    private record Written(int[] prompt, int[] text) {}

    @Test
    void theCacheTakesWhatItsNumbersTakeWithinATenth() {
        int[] prompt = new int[32];
        Arrays.fill(prompt, 5);
        T5Config config = model.config();
        try (Decoding decoding = model.read(List.of(prompt, prompt), 128, Injection.NONE)) {
            for (int written = 0; written <= 128; written++) {
                long slots = 32 + 1 + written;
                long numbers = 2 * 2 * config.decoderLayers() * slots * config.heads() * config.headSize();
                assertThat(decoding.cacheBytes()).isBetween(4 * numbers, 4 * numbers * 11 / 10);
                if (written < 128) {
                    decoding.advance(new int[] {0, 1}, new int[] {3, 4});
                }
            }
            long both = decoding.cacheBytes();
            assertThatThrownBy(() -> decoding.advance(new int[] {0, 1}, new int[] {3, 4}))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(both).isPositive();
        }
    }

    @Test
    void aPromptThatEndsGivesItsMemoryBack() {
        try (Decoding decoding = model.read(List.of(prompts.get(0), prompts.get(0)), 8, Injection.NONE)) {
            decoding.advance(new int[] {0, 1}, new int[] {3, 4});
            long both = decoding.cacheBytes();
            decoding.advance(new int[] {1}, new int[] {3});
            assertThat(decoding.cacheBytes()).isLessThan(both * 7 / 10);
        }
    }

    @Test
    void nothingIsReadWithoutTokens() {
        assertThatThrownBy(() -> model.read(List.of(new int[0]), 1, Injection.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.read(prompts, 0, Injection.NONE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noCallLeavesANativeArrayBehind() {
        Injection injection = new Injection(null, prefixes(), 3);
        work(injection);
        int arrays = model.memory().getManagedArrays().size();
        int stores = TensorStore.open();
        for (int i = 0; i < 30; i++) {
            work(injection);
        }
        assertThat(model.memory().getManagedArrays()).hasSize(arrays);
        assertThat(TensorStore.open()).isEqualTo(stores);
    }

    /** In the encoder, before the decoder's cache is there, and while a prefix is written into it. */
    @Test
    void aReadingThatFailsLeavesNothingBehind() {
        List<NDArray> narrow = new ArrayList<>();
        for (int i = 0; i < 2 * model.config().decoderLayers(); i++) {
            narrow.add(scope.ones(new Shape(1, 1, 3, 7)));
        }
        Map<PrefixSite, List<NDArray>> tooFew = Map.of(PrefixSite.CROSS, narrow.subList(0, 2));
        int arrays = model.memory().getManagedArrays().size();
        int stores = TensorStore.open();
        for (Executable reading : List.<Executable>of(
                () -> model.read(List.of(new int[] {5, 1_000_000}), 1, Injection.NONE),
                () -> model.read(prompts, 1, new Injection(null, tooFew, 0)),
                () -> model.read(prompts, 1, Injection.ofPrefix(PrefixSite.DECODER, narrow)))) {
            assertThatThrownBy(reading::execute)
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ENGINE_FAILURE));
            assertThat(TensorStore.open()).isEqualTo(stores);
            assertThat(model.memory().getManagedArrays()).hasSize(arrays);
        }
    }

    private void work(Injection injection) {
        TokenRow masked = new TokenRow(new int[] {7, 63, 9, 1}, new int[4], new int[] {1});
        model.scores(List.of(masked), new int[0], true);
        List<TextRow> rows =
                List.of(new TextRow(prompts.get(0), new int[] {4, 5}), new TextRow(prompts.get(1), new int[] {6}));
        model.targetLosses(rows);
        try (Decoding decoding = model.read(prompts, 2, injection)) {
            decoding.advance(new int[] {0, 2}, new int[] {3, 4});
        }
        try (NDManager step = model.memory().newSubManager();
                Gradients gradients = Gradients.record()) {
            NDArray soft = step.ones(new Shape(2, 4, 16));
            soft.setRequiresGradient(true);
            gradients.backward(model.targetLoss(step, rows, Dropout.NONE, Injection.ofEmbeddings(soft))
                    .sum());
        }
    }

    private Map<PrefixSite, List<NDArray>> prefixes() {
        T5Config config = model.config();
        Map<PrefixSite, List<NDArray>> prefixes = new EnumMap<>(PrefixSite.class);
        Random random = new Random(5);
        for (PrefixSite site : PrefixSite.values()) {
            List<NDArray> arrays = new ArrayList<>();
            for (int i = 0; i < 2 * config.decoderLayers(); i++) {
                float[] values = new float[3 * config.heads() * config.headSize()];
                for (int v = 0; v < values.length; v++) {
                    values[v] = 0.5f * (float) random.nextGaussian();
                }
                arrays.add(scope.create(values, new Shape(1, config.heads(), 3, config.headSize())));
            }
            prefixes.put(site, arrays);
        }
        return prefixes;
    }
}
