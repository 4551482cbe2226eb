package dev.cloze.runtime.template;

import dev.cloze.runtime.tokenizer.SpecialTokens;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The tokens of one text, written from left to right. */
final class TokenLine {

    private final SpecialTokens special;
    private final int[] ids;
    private final int[] segmentIds;
    private int[] masks = {};
    private int[] virtual = {};
    private int end;
    private int segment;
    private boolean cut;

    TokenLine(SpecialTokens special, int length) {
        this.special = special;
        this.ids = new int[length];
        this.segmentIds = new int[length];
        add(special.start(), 0, special.start().length);
    }

    void addText(int[] tokens, int kept, boolean keepsEnd) {
        cut |= kept < tokens.length;
        add(tokens, keepsEnd ? tokens.length - kept : 0, kept);
    }

    void addMasks(int count) {
        masks = repeat(special.mask(), count);
    }

    void addVirtual(int token, int count) {
        virtual = IntStream.concat(Arrays.stream(virtual), Arrays.stream(repeat(token, count)))
                .toArray();
    }

    /** What stands between two segments still belongs to the first. */
    void nextSegment() {
        add(special.between(), 0, special.between().length);
        segment = special.secondSegmentHasType1() ? 1 : 0;
    }

    EncodedText close() {
        add(special.end(), 0, special.end().length);
        return new EncodedText(ids, segmentIds, masks, virtual, cut);
    }

    private void add(int[] tokens, int from, int count) {
        System.arraycopy(tokens, from, ids, end, count);
        advance(count);
    }

    private int[] repeat(int token, int count) {
        int[] positions = IntStream.range(end, end + count).toArray();
        Arrays.fill(ids, end, end + count, token);
        advance(count);
        return positions;
    }

    private void advance(int count) {
        Arrays.fill(segmentIds, end, end + count, segment);
        end += count;
    }
}
