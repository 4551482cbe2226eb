package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextRow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout in training: by its seed, unbiased, and away where a rate is 0. */
class DecoderDropoutTest {

    private static final List<TextRow> ROWS =
            List.of(new TextRow(new int[] {4, 5, 6}, new int[] {7, 8}), new TextRow(new int[] {9}, new int[] {3}));

    /** So small a rate drops nothing, but takes the way on which attention weights can be dropped. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama3", "llama-bf16"})
    void theWayWithDropoutComputesTheSame(String name) throws Exception {
        try (Decoder decoder = new DecoderFixture(name).load()) {
            assertThat(losses(decoder, new Dropout(0, 1e-12, 1)))
                    .containsExactly(losses(decoder, Dropout.NONE), within(1e-4f));
        }
    }

    @Test
    void theSeedDecidesWhatIsDropped() throws Exception {
        try (Decoder decoder = new DecoderFixture("gpt2").load()) {
            for (Dropout dropout : List.of(new Dropout(0.3, 0, 1), new Dropout(0, 0.3, 1), new Dropout(0.1, 0.1, 1))) {
                float[] first = losses(decoder, dropout);
                assertThat(losses(decoder, dropout)).containsExactly(first);
                assertThat(losses(decoder, new Dropout(dropout.hidden(), dropout.attention(), 2)))
                        .isNotEqualTo(first);
                assertThat(losses(decoder, Dropout.NONE)).isNotEqualTo(first);
            }
        }
    }

    private static float[] losses(Decoder decoder, Dropout dropout) {
        try (NDManager scope = decoder.memory().newSubManager()) {
            return decoder.targetLoss(scope, ROWS, dropout, Injection.NONE).toFloatArray();
        }
    }
}
