package dev.cloze.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes that PEFT's own logs say, of a model whose word embeddings have 3072 numbers. */
class AdapterWriterTest {

    private static final int SIZE = 3072;

    @TempDir
    private Path folder;

    @Test
    void aPromptHasOneVectorForEachToken() {
        assertThat(new VirtualTokens(200, SIZE)
                        .slots().stream()
                                .mapToLong(slot -> new Shape(slot.shape()).size())
                                .sum())
                .isEqualTo(614_400);
    }

    @Test
    void aFileIsItsNumbersAndAShortHeader() {
        PeftConfig config = new PeftConfig(PeftType.P_TUNING, "base", "CAUSAL_LM", 20, SIZE, 1, 28, 24, 1, 0);
        AdapterWriter.write(folder, new Adapter(folder, config, Tensor.of(new float[20 * SIZE], 20, SIZE), ""));
        assertThat(folder.resolve(AdapterFolder.WEIGHTS)).hasSize(245_880);
    }
}
