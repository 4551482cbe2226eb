package dev.cloze.runtime.tokenizer;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ids a model puts around and into a text.
 *
 * @param mask the id of the mask, or -1 when the model has none
 * @param pad the id that fills up the rows of a batch
 * @param start what begins the input: {@code [CLS]}, {@code <s>} or nothing
 * @param between what stands between two segments: {@code [SEP]}, {@code </s></s>} or nothing
 * @param end what ends the input: {@code [SEP]}, {@code </s>} or nothing
 * @param secondSegmentHasType1 whether the second segment and its end have the segment id 1, the first having 0
 * @param leftToRight whether the model goes on behind the text, as a decoder does
 */
public record SpecialTokens(
        int mask, int pad, int[] start, int[] between, int[] end, boolean secondSegmentHasType1, boolean leftToRight) {

    /** The tokens of a model that reads both sides of its mask. */
    public SpecialTokens(int mask, int pad, int[] start, int[] between, int[] end, boolean secondSegmentHasType1) {
        this(mask, pad, start, between, end, secondSegmentHasType1, false);
    }

    /** The same but for what begins the input. */
    public SpecialTokens withoutStart() {
        return new SpecialTokens(mask, pad, new int[0], between, end, secondSegmentHasType1, leftToRight);
    }

    /** The same but for what ends the input. */
    public SpecialTokens endedBy(int[] tokens) {
        return new SpecialTokens(mask, pad, start, between, tokens, secondSegmentHasType1, leftToRight);
    }

    /** The highest of all these ids. */
    public int highest() {
        return Stream.of(new int[] {mask, pad}, start, between, end)
                .flatMapToInt(IntStream::of)
                .max()
                .orElseThrow();
    }

    /** How many special tokens go around one segment. */
    public int ofSingle() {
        return start.length + end.length;
    }

    /** How many special tokens go around and between two segments. */
    public int ofPair() {
        return start.length + between.length + end.length;
    }
}
