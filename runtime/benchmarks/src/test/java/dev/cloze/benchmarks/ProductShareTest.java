package dev.cloze.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.benchmarks.ProductsAlone.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductShareTest {

    private static final List<int[]> TEXTS = List.of(new int[5], new int[7], new int[3]);

    @TempDir
    Path folder;

    private LayerMatrices of(String config) throws IOException {
        Files.writeString(folder.resolve("config.json"), config);
        return LayerMatrices.of(folder);
    }

    private static long numbers(LayerMatrices matrices) {
        return Stream.of(matrices.front(), List.of(matrices.keysAndValues()), matrices.end())
                .flatMap(List::stream)
                .mapToLong(shape -> (long) shape[0] * shape[1])
                .sum();
    }

    /** SmolLM2-135M has 30 layers of 3 x 576 x 1536 + 2 x 576 x 576 + 2 x 576 x 192. */
    @Test
    void aLlamasMatricesAreThoseOfItsLayers() throws IOException {
        LayerMatrices matrices = of("""
            {"vocab_size": 49152, "hidden_size": 576, "num_hidden_layers": 30, "num_attention_heads": 9,
             "num_key_value_heads": 3, "intermediate_size": 1536}""");
        assertThat(numbers(matrices)).isEqualTo(30L * (3 * 576 * 1536 + 2 * 576 * 576 + 2 * 576 * 192));
        assertThat(matrices.vocabulary()).containsExactly(49_152, 576);
    }

    /** BERT's twelve layers have 85 million numbers, 84.9 million of them in matrices; GPT-2 small's too. */
    @Test
    void anEncodersAndGpt2sMatricesAreTwelveSquaresALayer() throws IOException {
        LayerMatrices bert = of("{\"vocab_size\": 30522, \"hidden_size\": 768, \"num_hidden_layers\": 12,"
                + " \"num_attention_heads\": 12, \"intermediate_size\": 3072}");
        LayerMatrices gpt2 =
                of("{\"vocab_size\": 50257, \"n_embd\": 768, \"n_layer\": 12, \"n_head\": 12, \"n_inner\": null}");
        assertThat(numbers(bert)).isEqualTo(12L * 12 * 768 * 768).isEqualTo(numbers(gpt2));
    }

    @Test
    void aCallCountsTheTokensOfItsTexts() {
        assertThat(ProductShare.batches(TEXTS, 2)).containsExactly(new Call(12, 2, 0), new Call(3, 1, 0));
        assertThat(ProductShare.everywhere(ProductShare.batches(TEXTS, 3))).containsExactly(new Call(15, 15, 0));
        assertThat(ProductShare.steps(TEXTS, 6, 2)).isEqualTo(Collections.nCopies(2, new Call(30, 6, 0)));
    }

    @Test
    void writingReadsAPromptAndThenATokenALine() {
        assertThat(ProductShare.writing(TEXTS, 4, 3))
                .containsExactly(new Call(12, 12, 12), new Call(12, 12, 12), new Call(15, 15, 3));
    }

    @Test
    void allMatricesAreMultipliedForwardsAndBack() throws IOException {
        LayerMatrices matrices = of("{\"vocab_size\": 50, \"hidden_size\": 16, \"num_hidden_layers\": 2,"
                + " \"num_attention_heads\": 2, \"intermediate_size\": 64}");
        try (ProductsAlone products = new ProductsAlone(matrices)) {
            for (boolean either : new boolean[] {false, true}) {
                products.infer(new Call(9, 2, 2), either);
                products.train(new Call(9, 2, 2), either);
            }
        }
        try (ProductShare share = new ProductShare(folder, 1)) {
            List<Call> calls = List.of(new Call(9, 2, 2));
            assertThat(share.inferring(1, calls)).matches(" 0\\.\\d\\d \\| 0\\.\\d\\d \\|");
            assertThat(share.training(1, calls, true)).matches(" \\| 0\\.\\d\\d \\|");
        }
    }
}
