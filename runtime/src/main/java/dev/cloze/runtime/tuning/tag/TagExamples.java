package dev.cloze.runtime.tuning.tag;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.tuning.SpanValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Examples as a head that tags tokens reads them, a window each.
 *
 * @param rows asking for the first token of each word
 * @param tags for each row, the tags of these words
 * @param cutShare the share of the examples that was cut, 0 to 1
 * @param dataHash of rows and tags
 */
record TagExamples(List<TokenRow> rows, List<int[]> tags, double cutShare, String dataHash) {

    /** Examples of the task. */
    static TagExamples of(TagReading reading, SpanValues examples) {
        List<TokenRow> rows = new ArrayList<>();
        List<int[]> tags = new ArrayList<>();
        DataHash hash = new DataHash();
        int cut = 0;
        for (int i = 0; i < examples.size(); i++) {
            TaggedText text = reading.read(examples.inputs().get(i));
            int[] all = BioTags.of(text.words(), examples.spans().get(i));
            for (TagWindow window : text.windows()) {
                int[] own = Arrays.copyOfRange(all, window.first(), window.first() + window.words());
                rows.add(window.row());
                tags.add(own);
                add(window.row(), own, hash);
            }
            cut += text.cut() ? 1 : 0;
        }
        return new TagExamples(
                List.copyOf(rows), List.copyOf(tags), cut / (double) Math.max(1, examples.size()), hash.hex());
    }

    /** The same, which have words: {@code TRAINING_TOO_FEW_EXAMPLES} where none has any. */
    TagExamples required() {
        if (rows.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "No training example has a text with a word in it.\n  Give at least one input with its spans.");
        }
        return this;
    }

    private static void add(TokenRow row, int[] tags, DataHash hash) {
        hash.add(row.length());
        hash.add(row.ids());
        hash.add(row.segments());
        hash.add(tags.length);
        hash.add(row.asked());
        hash.add(tags);
    }
}
