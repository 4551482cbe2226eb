package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptReaderTest {

    @Test
    void aBeginningAllPromptsShareIsComputedOnceAndLeavesEachAToken() {
        int[] beginning = new int[40];
        int[] longer = Arrays.copyOf(beginning, 45);
        longer[40] = 7;
        int[] other = Arrays.copyOf(beginning, 42);
        other[40] = 8;
        assertThat(PromptReader.shared(List.of(longer, other))).isEqualTo(40);
        assertThat(PromptReader.shared(List.of(longer, other, beginning))).isEqualTo(39);
        assertThat(PromptReader.shared(List.of(longer, longer.clone()))).isEqualTo(44);
    }

    @Test
    void theKernelGetsASharedBeginningOnceAlsoBehindAPrefix() throws Exception {
        try (Decoder decoder = new DecoderFixture("llama3").load();
                NDManager scope = decoder.memory().newSubManager()) {
            List<int[]> prompts = IntStream.range(0, 5)
                    .mapToObj(i -> IntStream.range(0, 41 + i)
                            .map(t -> t < 40 ? t : 50 + i)
                            .toArray())
                    .toList();
            int once = 40 + 5 * 5;
            int each = 5 * 45;
            List<NDArray> prefix = decoder.activations(scope, new int[] {11, 4, 59});
            List<NDArray> ofEachRow =
                    prefix.stream().map(array -> array.repeat(0, 5)).toList();
            NDArray embeddings = decoder.embeddings(
                    scope,
                    prompts.stream()
                            .map(ids -> new TokenRow(ids, new int[ids.length], new int[0]))
                            .toList());
            assertThat(computed(decoder, prompts, Injection.NONE)).isEqualTo(once);
            assertThat(computed(decoder, prompts, Injection.ofPrefix(PrefixSite.DECODER, prefix)))
                    .isEqualTo(once);
            assertThat(computed(decoder, prompts, Injection.ofPrefix(PrefixSite.DECODER, ofEachRow)))
                    .isEqualTo(each);
            assertThat(computed(decoder, prompts, Injection.ofEmbeddings(embeddings)))
                    .isEqualTo(each);
            assertThat(computed(decoder, List.of(new int[3], new int[2]), Injection.NONE))
                    .isEqualTo(6);
        }
    }

    private static int computed(Decoder decoder, List<int[]> prompts, Injection injection) {
        PromptReader reader =
                new PromptReader(decoder.architecture().config(), decoder.kernels(), prompts, 4, injection);
        reader.read().close();
        return reader.computed();
    }

    @Test
    void aFewSharedTokensAreNotWorthACall() {
        assertThat(PromptReader.shared(List.of(new int[40]))).isZero();
        assertThat(PromptReader.shared(List.of(new int[] {1, 2, 3}, new int[] {1, 2, 4})))
                .isZero();
        int[] first = new int[40];
        first[0] = 1;
        assertThat(PromptReader.shared(List.of(first, new int[40]))).isZero();
    }
}
