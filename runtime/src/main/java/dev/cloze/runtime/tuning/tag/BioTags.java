package dev.cloze.runtime.tuning.tag;

import dev.cloze.runtime.data.Word;
import dev.cloze.runtime.tuning.LabeledSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Spans as a tag for each word (Ramshaw and Marcus 1995, as IOB2): 0 is O, outside of all spans; 1 + 2 l is B, the first word of a
 * span with label l; 2 + 2 l is I, a further word of it.
 */
final class BioTags {

    /** Outside of all spans. */
    static final int OUTSIDE = 0;

    private BioTags() {}

    /** Tags of so many labels. */
    static int count(int labels) {
        return 1 + 2 * labels;
    }

    static int first(int label) {
        return 1 + 2 * label;
    }

    static int further(int label) {
        return 2 + 2 * label;
    }

    /** The label of a tag that is not O. */
    static int label(int tag) {
        return (tag - 1) / 2;
    }

    private static boolean isFirst(int tag) {
        return tag % 2 == 1;
    }

    /** The tags of words whose text has these spans, each of whole words. */
    static int[] of(List<Word> words, List<LabeledSpan> spans) {
        int[] tags = new int[words.size()];
        for (LabeledSpan span : spans) {
            boolean begun = false;
            for (int i = 0; i < tags.length; i++) {
                if (words.get(i).start() >= span.start() && words.get(i).end() <= span.end()) {
                    tags[i] = begun ? further(span.label()) : first(span.label());
                    begun = true;
                }
            }
        }
        return tags;
    }

    /**
     * Words that make a span.
     *
     * @param from the first
     * @param to the one behind the last
     */
    record Chunk(int from, int to, int label) {}

    /** The spans that tags say, read as conlleval and seqeval read them: an I that goes on from nothing begins a span too. */
    static List<Chunk> chunks(int[] tags) {
        List<Chunk> chunks = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= tags.length; i++) {
            int tag = i == tags.length ? OUTSIDE : tags[i];
            int before = i == 0 ? OUTSIDE : tags[i - 1];
            boolean goesOn = tag != OUTSIDE && !isFirst(tag) && before != OUTSIDE && label(before) == label(tag);
            if (goesOn) {
                continue;
            }
            if (before != OUTSIDE) {
                chunks.add(new Chunk(from, i, label(before)));
            }
            from = i;
        }
        return chunks;
    }
}
