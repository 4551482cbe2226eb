package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.engine.AdamW;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.TensorStore;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the tiny checkpoints that the parity tests use. */
class GenerationFaultsTest {

    private static final String GPT2 = "parity-decoder/gpt2";
    private static final String T5 = "parity-t5/t5";
    private static final GenerationOptions OPTIONS =
            GenerationOptions.defaults().withMaxTokens(12);
    private static final GenerationOptions BEAMS = OPTIONS.withBeams(4).withNoRepeatNgram(3);

    private static Tokenizer tokenizer;

    @BeforeAll
    static void open(@TempDir Path folder) {
        tokenizer = ByteTokens.open(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    private static List<List<Generated>> generate(
            TextBackbone model, List<int[]> prompts, GenerationOptions options, GenerationListener listener) {
        return TextGenerator.generate(model, tokenizer, model.endTokens(), prompts, Injection.NONE, options, listener);
    }

    private static List<int[]> prompts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> IntStream.range(0, 3 + i % 9)
                        .map(t -> 3 + (i * 5 + t * 11) % 80)
                        .toArray())
                .toList();
    }

    private static List<List<Integer>> ids(List<List<Generated>> texts) {
        return texts.stream()
                .map(text -> IntStream.of(text.get(0).ids()).boxed().toList())
                .toList();
    }

    /** The model, and every decoding it has begun. */
    private static TextBackbone watched(TextBackbone model, List<Decoding> begun) {
        return (TextBackbone) Proxy.newProxyInstance(
                TextBackbone.class.getClassLoader(),
                new Class<?>[] {TextBackbone.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(model, arguments);
                        if (result instanceof Decoding decoding) {
                            begun.add(decoding);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Cancels when it is asked for the seventh time, and remembers what the cache took then. */
    private static final class Canceller implements GenerationListener {
        private final List<Decoding> begun;
        private int asked;
        private long bytes;
        private int stores;

        Canceller(List<Decoding> begun) {
            this.begun = begun;
        }

        @Override
        public void onText(int prompt, String piece) {}

        @Override
        public boolean isCancelled() {
            if (++asked == 7) {
                bytes = begun.get(0).cacheBytes();
                stores = TensorStore.open();
            }
            return asked >= 7;
        }
    }

    @ParameterizedTest
    @CsvSource({GPT2 + ", false", T5 + ", false", GPT2 + ", true", T5 + ", true"})
    void cancellingInMidBeamFreesItsMemory(String name, boolean behindPrefix) throws Exception {
        try (TextBackbone model = GenerationParityTest.load(name);
                NDManager prefixes = model.memory().newSubManager()) {
            Injection injection = behindPrefix ? prefix(model, prefixes) : Injection.NONE;
            TextGenerator.generate(
                    model, tokenizer, model.endTokens(), prompts(3), injection, BEAMS, GenerationListener.NONE);
            int arrays = model.memory().getManagedArrays().size();
            int prefixArrays = prefixes.getManagedArrays().size();
            int stores = TensorStore.open();
            List<Decoding> begun = new ArrayList<>();
            Canceller canceller = new Canceller(begun);
            List<List<Generated>> texts = TextGenerator.generate(
                    watched(model, begun), tokenizer, model.endTokens(), prompts(3), injection, BEAMS, canceller);
            assertThat(texts).hasSize(3);
            assertThat(canceller.bytes).isPositive();
            assertThat(canceller.stores).isEqualTo(stores + 1);
            assertThat(begun).hasSize(1);
            assertThat(begun.get(0).cacheBytes()).isZero();
            assertThat(TensorStore.open()).isEqualTo(stores);
            assertThat(model.memory().getManagedArrays()).hasSize(arrays);
            assertThat(prefixes.getManagedArrays()).hasSize(prefixArrays);
        }
    }

    /** Three places before the decoder's own in every layer. */
    private static Injection prefix(TextBackbone model, NDManager memory) {
        BackboneShape shape = model.shape();
        Shape each = new Shape(1, shape.keyValueHeads(), 3, shape.headSize());
        int layers = Objects.requireNonNull(model.prefixSites().get(PrefixSite.DECODER));
        List<NDArray> keysAndValues = IntStream.range(0, 2 * layers)
                .mapToObj(i -> memory.full(each, 0.1f * (i + 1)))
                .toList();
        return Injection.ofPrefix(PrefixSite.DECODER, keysAndValues);
    }

    @ParameterizedTest
    @ValueSource(strings = {GPT2, T5})
    void weightsThatAreNoNumbersAreNamed(String name) throws Exception {
        try (TextBackbone model = GenerationParityTest.load(name)) {
            List<WeightSlot> slots = List.copyOf(model.weights().keySet());
            for (WeightSlot slot : List.of(slots.get(0), slots.get(slots.size() - 1))) {
                try (NDManager scope = model.memory().newSubManager();
                        TextBackbone broken = spoilt(model, slot, scope)) {
                    for (GenerationOptions options : List.of(OPTIONS, BEAMS, OPTIONS.withTemperature(1))) {
                        assertThatThrownBy(() -> generate(broken, prompts(2), options, GenerationListener.NONE))
                                .as("%s without numbers in %s", name, slot.parts())
                                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                                        .isEqualTo(Problem.GENERATION_NOT_FINITE));
                    }
                }
            }
        }
    }

    private static TextBackbone spoilt(TextBackbone model, WeightSlot slot, NDManager scope) {
        Map<WeightSlot, NDArray> weights = new HashMap<>(model.weights());
        NDArray spoilt = Objects.requireNonNull(weights.get(slot)).mul(Float.NaN);
        spoilt.attach(scope);
        weights.put(slot, spoilt);
        return model.withWeights(weights);
    }

    @Test
    void aPromptBeyondThePositionsIsRefused() throws Exception {
        try (TextBackbone model = GenerationParityTest.load(GPT2)) {
            int[] tooLong = IntStream.range(0, model.shape().maxLength() + 1)
                    .map(i -> 3 + i % 80)
                    .toArray();
            List<Decoding> begun = new ArrayList<>();
            assertThatThrownBy(() -> generate(
                            watched(model, begun), List.of(new int[] {5}, tooLong), OPTIONS, GenerationListener.NONE))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INPUT_TOO_LONG))
                    .hasMessageContaining(
                            "Prompt 1 has 65 tokens, after which the model has no position left to write at.")
                    .hasMessageContaining("Shorten the prompt to fewer than 64 tokens.");
            assertThat(begun).as("nothing is written before that is known").isEmpty();
        }
    }

    @Test
    void aPromptBeyondThePositionsThatAPrefixLeavesIsRefused() throws Exception {
        try (TextBackbone model = GenerationParityTest.load(GPT2)) {
            Injection second = new Injection(null, Map.of(), 4);
            List<int[]> prompts = List.of(new int[59], new int[60]);
            assertThatThrownBy(() -> TextGenerator.generate(
                            model, tokenizer, model.endTokens(), prompts, second, OPTIONS, GenerationListener.NONE))
                    .hasMessageContaining("Prompt 1 has 60 tokens")
                    .hasMessageContaining("It has 64, of which a prefix takes 4.");
        }
    }

    @Test
    void aPromptNearTheLastPositionGetsWhatFits() throws Exception {
        try (TextBackbone model = GenerationParityTest.load(GPT2)) {
            int[] longOne = IntStream.range(0, model.shape().maxLength() - 3)
                    .map(i -> 3 + i % 80)
                    .toArray();
            for (GenerationOptions options : List.of(OPTIONS, BEAMS)) {
                List<List<Generated>> texts = generate(
                        model,
                        List.of(longOne, new int[] {5}),
                        options.withMinTokens(12).withForbiddenTokens(model.endTokens()),
                        GenerationListener.NONE);
                assertThat(texts).extracting(text -> text.get(0).ids().length).containsExactly(3, 12);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GPT2, T5})
    void twoGenerationsAndATrainingAtOnceDisturbNobody(String name) throws Exception {
        try (TextBackbone model = GenerationParityTest.load(name)) {
            List<int[]> prompts = prompts(20);
            Callable<Object> greedy = () -> ids(generate(model, prompts, OPTIONS, GenerationListener.NONE));
            Callable<Object> beams = () -> ids(generate(model, prompts, BEAMS, GenerationListener.NONE));
            Callable<Object> training = () -> losses(model, prompts);
            List<Callable<Object>> work = List.of(greedy, beams, training);
            List<Object> alone = new ArrayList<>();
            for (Callable<Object> one : work) {
                alone.add(one.call());
            }
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                for (int round = 0; round < 3; round++) {
                    List<Object> together = new ArrayList<>();
                    for (Future<Object> done : threads.invokeAll(work)) {
                        together.add(done.get());
                    }
                    assertThat(together).isEqualTo(alone);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** The losses of ten steps on a copy of the model. */
    private static List<Float> losses(TextBackbone model, List<int[]> texts) {
        List<Float> losses = new ArrayList<>();
        List<TextRow> rows = texts.stream()
                .map(text -> new TextRow(text, new int[] {text[0], text[1]}))
                .toList();
        try (TextBackbone copy = model.trainableCopy();
                AdamW optimizer = new AdamW(
                        copy.memory(), List.copyOf(copy.weights().values()), new AdamW.Rates(0.9, 0.999, 1e-8, 0))) {
            for (int step = 0; step < 10; step++) {
                try (NDManager scope = copy.memory().newSubManager();
                        Gradients gradients = Gradients.record()) {
                    NDArray loss = copy.targetLoss(scope, rows, Dropout.NONE, Injection.NONE)
                            .mean();
                    loss.attach(scope);
                    gradients.backward(loss);
                    losses.add(loss.getFloat());
                }
                optimizer.step(1e-3, 1);
            }
        }
        assertThat(losses.get(9)).isLessThan(losses.get(0));
        return losses;
    }
}
