package dev.cloze.runtime.template;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * An input as the model reads it, special tokens included.
 *
 * @param ids token ids, T of them
 * @param segmentIds 0 or 1 for each token, T of them
 * @param maskPositions where the masks stand, ascending
 * @param softPositions where the virtual tokens stand, ascending; their ids are fillers
 * @param cut whether a token of a placeholder's text was left out, for want of room or by a {@code limit}
 */
public record EncodedText(int[] ids, int[] segmentIds, int[] maskPositions, int[] softPositions, boolean cut) {

    /** A text without virtual tokens. */
    public EncodedText(int[] ids, int[] segmentIds, int[] maskPositions, boolean cut) {
        this(ids, segmentIds, maskPositions, new int[0], cut);
    }

    /** A copy in which the masks alone are of segment 1, so that they are known when some of them are filled. */
    public EncodedText withMasksInSegment1() {
        int[] segments = new int[ids.length];
        for (int position : maskPositions) {
            segments[position] = 1;
        }
        return new EncodedText(ids, segments, maskPositions, softPositions, cut);
    }

    /** A copy with this token before all others. */
    public EncodedText after(int token) {
        int[] behind = new int[ids.length + 1];
        behind[0] = token;
        System.arraycopy(ids, 0, behind, 1, ids.length);
        int[] segments = new int[behind.length];
        System.arraycopy(segmentIds, 0, segments, 1, ids.length);
        return new EncodedText(behind, segments, movedBy(1, maskPositions), movedBy(1, softPositions), cut);
    }

    /** A copy with so many virtual tokens before all others, of segment 0. */
    public EncodedText behindVirtual(int count) {
        int[] behind = new int[count + ids.length];
        System.arraycopy(ids, 0, behind, count, ids.length);
        int[] segments = new int[behind.length];
        System.arraycopy(segmentIds, 0, segments, count, ids.length);
        int[] virtual = IntStream.concat(IntStream.range(0, count), IntStream.of(movedBy(count, softPositions)))
                .toArray();
        return new EncodedText(behind, segments, movedBy(count, maskPositions), virtual, cut);
    }

    /**
     * A copy with these ids in the places of the virtual tokens.
     *
     * @param id of each, by its number from 0
     */
    public EncodedText withVirtualIds(IntUnaryOperator id) {
        if (softPositions.length == 0) {
            return this;
        }
        int[] named = ids.clone();
        for (int i = 0; i < softPositions.length; i++) {
            named[softPositions[i]] = id.applyAsInt(i);
        }
        return new EncodedText(named, segmentIds, maskPositions, softPositions, cut);
    }

    private static int[] movedBy(int tokens, int[] positions) {
        return Arrays.stream(positions).map(position -> position + tokens).toArray();
    }

    /** A copy with a token in the place of each mask, none of which is left. */
    public EncodedText filled(int[] tokens) {
        int[] filled = ids.clone();
        for (int i = 0; i < maskPositions.length; i++) {
            filled[maskPositions[i]] = tokens[i];
        }
        return new EncodedText(filled, segmentIds, new int[0], softPositions, cut);
    }

    /** Texts one behind the other as one, which is cut where one of them with masks is. */
    public static EncodedText joined(List<EncodedText> texts) {
        int length = texts.stream().mapToInt(EncodedText::length).sum();
        int[] ids = new int[length];
        int[] segments = new int[length];
        IntStream masks = IntStream.empty();
        IntStream virtual = IntStream.empty();
        boolean cut = false;
        int end = 0;
        for (EncodedText text : texts) {
            System.arraycopy(text.ids, 0, ids, end, text.length());
            System.arraycopy(text.segmentIds, 0, segments, end, text.length());
            masks = IntStream.concat(masks, IntStream.of(movedBy(end, text.maskPositions)));
            virtual = IntStream.concat(virtual, IntStream.of(movedBy(end, text.softPositions)));
            cut |= text.cut && text.maskPositions.length > 0;
            end += text.length();
        }
        return new EncodedText(ids, segments, masks.toArray(), virtual.toArray(), cut);
    }

    /** How many tokens there are. */
    public int length() {
        return ids.length;
    }

    /** A copy with the token put in the place of the mask of this index; the other masks stay. */
    public EncodedText fill(int mask, int token) {
        int[] filled = ids.clone();
        filled[maskPositions[mask]] = token;
        int[] left = new int[maskPositions.length - 1];
        System.arraycopy(maskPositions, 0, left, 0, mask);
        System.arraycopy(maskPositions, mask + 1, left, mask, left.length - mask);
        return new EncodedText(filled, segmentIds, left, softPositions, cut);
    }
}
