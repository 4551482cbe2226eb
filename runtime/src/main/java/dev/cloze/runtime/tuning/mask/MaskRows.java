package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.ModelTemplate;
import java.util.Arrays;
import java.util.List;

/** The training examples as rows that ask for one mask each. */
record MaskRows(ExampleRows<TokenRow> rows) {

    /** Those of these texts. */
    static MaskRows of(ExampleTexts texts) {
        return new MaskRows(ExampleRows.of(texts, (part, text) -> ModelTemplate.row(text.apply(1))));
    }

    /** The same for one micro-batch, see {@link ExampleTexts#drawn}. */
    MaskRows drawn(int[] batch, long seed) {
        return new MaskRows(rows.drawn(batch, seed));
    }

    /** The rows of these examples. */
    List<TokenRow> of(int[] members) {
        return Arrays.stream(members).mapToObj(example -> rows.of(0, example)).toList();
    }

    /** The places in this batch of the examples of each bucket of like length. */
    List<int[]> buckets(int[] batch, Backbone backbone) {
        return backbone.buckets(of(batch));
    }
}
