package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Decoding;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What soft methods put into a decoder: embeddings in place of ids, and keys and values before the text's own. */
class DecoderInjectionTest {

    private static final int[] BEGINNING = {11, 4, 59, 8, 19};
    private static final int[] TEXT = {5, 41, 33, 2, 5, 14, 9};
    private static final List<TextRow> ROWS =
            List.of(new TextRow(BEGINNING, TEXT), new TextRow(new int[] {3}, new int[] {4, 5}));

    static Stream<DecoderFixture> fixtures() throws IOException, URISyntaxException {
        return DecoderFixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void prefixesOfTheModelsOwnActivationsAreTheTextTheyComeFrom(DecoderFixture fixture) throws IOException {
        try (Decoder decoder = fixture.load();
                NDManager scope = decoder.memory().newSubManager()) {
            int[] both = Arrays.copyOf(BEGINNING, BEGINNING.length + TEXT.length);
            System.arraycopy(TEXT, 0, both, BEGINNING.length, TEXT.length);
            float[] whole = decoder.everywhere(scope, both, Injection.NONE).toFloatArray();
            Injection injection = Injection.ofPrefix(PrefixSite.DECODER, decoder.activations(scope, BEGINNING));
            float[] prefixed = decoder.everywhere(scope, TEXT, injection).toFloatArray();
            DecoderFixture.assertClose(
                    prefixed, Arrays.copyOfRange(whole, whole.length - prefixed.length, whole.length));
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void writingAfterAPrefixIsWritingAfterTheText(DecoderFixture fixture) throws IOException {
        try (Decoder decoder = fixture.load();
                NDManager scope = decoder.memory().newSubManager()) {
            Injection injection = Injection.ofPrefix(PrefixSite.DECODER, decoder.activations(scope, BEGINNING));
            int[] other = {1, 2};
            List<int[]> prompts = List.of(TEXT, other);
            List<int[]> prepended = List.of(joined(BEGINNING, TEXT), joined(BEGINNING, other));
            try (Decoding short1 = decoder.read(prompts, 3, injection);
                    Decoding long1 = decoder.read(prepended, 3, Injection.NONE)) {
                int[][] steps = {{0, 0, 1, 1}, {0, 1, 2, 3}, {3}};
                for (int[] parents : steps) {
                    DecoderFixture.assertClose(
                            short1.logits().toFloatArray(), long1.logits().toFloatArray());
                    int[] tokens = Arrays.copyOf(new int[] {21, 22, 23, 24}, parents.length);
                    short1.advance(parents, tokens);
                    long1.advance(parents, tokens);
                }
                DecoderFixture.assertClose(
                        short1.logits().toFloatArray(), long1.logits().toFloatArray());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void embeddingsInPlaceOfIdsGiveTheSameLossesAndLogits(DecoderFixture fixture) throws IOException {
        try (Decoder decoder = fixture.load();
                NDManager scope = decoder.memory().newSubManager()) {
            Injection injection = Injection.ofEmbeddings(decoder.embeddings(
                    scope, ROWS.stream().map(DecoderInjectionTest::plain).toList()));
            float[] losses = decoder.targetLoss(scope, ROWS, Dropout.NONE, Injection.NONE)
                    .toFloatArray();
            assertThat(decoder.targetLoss(scope, ROWS, Dropout.NONE, injection).toFloatArray())
                    .containsExactly(losses, within(1e-6f));
            List<int[]> prompts = List.of(BEGINNING, TEXT);
            Injection texts = Injection.ofEmbeddings(decoder.embeddings(
                    scope,
                    prompts.stream()
                            .map(ids -> new TokenRow(ids, new int[ids.length], new int[0]))
                            .toList()));
            try (Decoding byIds = decoder.read(prompts, 2, Injection.NONE);
                    Decoding byEmbeddings = decoder.read(prompts, 2, texts)) {
                byIds.advance(new int[] {0, 1}, new int[] {6, 7});
                byEmbeddings.advance(new int[] {0, 1}, new int[] {6, 7});
                assertThat(byEmbeddings.logits().toFloatArray())
                        .containsExactly(byIds.logits().toFloatArray(), within(1e-6f));
            }
        }
    }

    /** In 64 bits, for the loss of a batch with padding; embeddings, prefixes of one for all and of one for each. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void gradientsOfEmbeddingsAndPrefixesAreThoseOfFiniteDifferences(DecoderFixture fixture) throws IOException {
        try (Decoder loaded = fixture.load();
                Decoder decoder = DecoderFixture.inDoubles(loaded);
                NDManager scope = decoder.memory().newSubManager()) {
            SoftInputs soft = new SoftInputs(scope);
            NDArray embeddings = decoder.embeddings(
                            scope,
                            ROWS.stream().map(DecoderInjectionTest::plain).toList())
                    .duplicate();
            List<NDArray> prefix = new ArrayList<>(soft.prefix(decoder.shape(), 1, 3));
            prefix.subList(0, 2).clear();
            prefix.addAll(0, soft.prefix(decoder.shape(), 2, 3).subList(0, 2));
            Injection injection = new Injection(embeddings, Map.of(PrefixSite.DECODER, prefix), 3);
            List<NDArray> inputs = new ArrayList<>(prefix);
            inputs.add(embeddings);
            soft.assertSlopes(inputs, () -> loss(decoder, scope, ROWS, injection));
            assertThat(inputs).allMatch(Gradients::isAt);
            assertThat(decoder.weights().values())
                    .noneMatch(NDArray::hasGradient)
                    .noneMatch(Gradients::isAt);
        }
    }

    /** Of a prefix only the last layer's values are trained: all before them has nothing to learn. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void nothingFrozenIsDifferentiated(DecoderFixture fixture) throws IOException {
        try (Decoder decoder = fixture.load();
                NDManager scope = decoder.memory().newSubManager()) {
            List<NDArray> prefix = decoder.activations(scope, BEGINNING).stream()
                    .map(NDArray::duplicate)
                    .toList();
            NDArray last = prefix.get(prefix.size() - 1);
            last.setRequiresGradient(true);
            try (Gradients gradients = Gradients.record()) {
                gradients.backward(loss(decoder, scope, ROWS, Injection.ofPrefix(PrefixSite.DECODER, prefix)));
            }
            assertThat(Gradients.isAt(last)).isTrue();
            assertThat(prefix.subList(0, prefix.size() - 1)).noneMatch(Gradients::isAt);
            assertThat(decoder.weights().values()).noneMatch(Gradients::isAt);
        }
    }

    private static NDArray loss(Decoder decoder, NDManager scope, List<TextRow> rows, Injection injection) {
        return decoder.targetLoss(scope, rows, Dropout.NONE, injection).sum();
    }

    private static TokenRow plain(TextRow row) {
        return new TokenRow(DecoderBatch.joined(row), new int[row.length()], new int[0]);
    }

    private static int[] joined(int[] first, int[] second) {
        return DecoderBatch.joined(new TextRow(first, second));
    }
}
