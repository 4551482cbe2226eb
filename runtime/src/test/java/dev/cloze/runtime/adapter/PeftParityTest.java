package dev.cloze.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Strategies;
import dev.cloze.runtime.tuning.prefix.PrefixForm;
import dev.cloze.runtime.tuning.prefix.PrefixLayout;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import dev.cloze.runtime.tuning.soft.SoftForm;
import dev.cloze.runtime.tuning.soft.SoftSettings;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With an adapter that PEFT saved, a model says and writes what it does in PEFT. */
class PeftParityTest {

    static Stream<PeftCases.Case> encoders() {
        return PeftCases.all().filter(one -> one.model().startsWith("parity/"));
    }

    static Stream<PeftCases.Case> writers() {
        return PeftCases.all().filter(one -> !one.model().startsWith("parity/"));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void whatAnEncoderSaysIsWhatItSaysInPeft(PeftCases.Case one) throws IOException {
        try (Backbone base = TinyBackbones.load(one.model());
                SoftBackbone soft = soft(base, one)) {
            List<TokenRow> rows = one.rows().stream()
                    .map(row -> asked(behind(soft, row.ids()), row.place() + before(soft)))
                    .toList();
            float[][][] scores = soft.scores(rows, new int[0], false, Injection.NONE);
            for (int r = 0; r < rows.size(); r++) {
                assertThat(scores[r][0]).containsExactly(one.rows().get(r).logits()[0], within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void whatAWriterSaysAndWritesIsWhatItDoesInPeft(PeftCases.Case one) throws IOException {
        try (Backbone base = TinyBackbones.load(one.model());
                SoftBackbone soft = soft(base, one)) {
            List<int[]> prompts =
                    one.rows().stream().map(row -> behind(soft, row.ids())).toList();
            int steps = one.rows().get(0).tokens().length;
            int[] rows = IntStream.range(0, prompts.size()).toArray();
            try (Decoding decoding = ((TextBackbone) soft).read(prompts, steps + 1, Injection.NONE)) {
                for (int step = 0; step < steps; step++) {
                    NDArray logits = decoding.logits();
                    int[] best = new int[rows.length];
                    for (int r : rows) {
                        float[] row = logits.get(r).toFloatArray();
                        best[r] = IntStream.range(0, row.length)
                                .reduce((a, b) -> row[b] > row[a] ? b : a)
                                .orElseThrow();
                        if (step < 2) {
                            assertThat(row).containsExactly(one.rows().get(r).logits()[step], within(1e-4f));
                        }
                        assertThat(best[r]).isEqualTo(one.rows().get(r).tokens()[step]);
                    }
                    decoding.advance(rows, best);
                }
            }
        }
    }

    private static SoftBackbone soft(Backbone base, PeftCases.Case one) {
        Adapter adapter = AdapterReader.read(one.folder(), one.task());
        SavedProduct saved = Strategies.ofAdapters(adapter.config().type()).saved(adapter);
        SoftSettings settings = SoftSettings.of(saved);
        SoftForm form = adapter.config().type() == PeftType.PREFIX_TUNING
                ? PrefixForm.of(PrefixLayout.of(base, settings.before(), settings.sites()))
                : new VirtualTokens(settings.before(), base.shape().embeddingSize());
        WeightSource source = (memory, slot) -> {
            float[] numbers = new float[(int) new Shape(slot.shape()).size()];
            saved.tensors().floats(slot.parts().get(0)).get(numbers);
            return memory.create(numbers, new Shape(slot.shape()));
        };
        return SoftBackbone.over(base, form, source);
    }

    /** Virtual tokens in the text itself; a prefix has none. */
    private static int before(SoftBackbone soft) {
        return soft.form() instanceof VirtualTokens tokens ? tokens.count() : 0;
    }

    private static int[] behind(SoftBackbone soft, int[] ids) {
        int before = before(soft);
        int[] all = Arrays.copyOf(
                IntStream.range(0, before).map(Injection::virtualId).toArray(), before + ids.length);
        System.arraycopy(ids, 0, all, before, ids.length);
        return all;
    }

    private static TokenRow asked(int[] ids, int place) {
        return new TokenRow(ids, new int[ids.length], new int[] {place});
    }
}
