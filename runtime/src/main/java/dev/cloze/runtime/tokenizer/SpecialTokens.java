package dev.cloze.runtime.tokenizer;

/**
 * The ids a model puts around and into a text.
 *
 * @param mask the id of the mask, or -1 when the model has none
 * @param pad the id that fills up the rows of a batch
 * @param start what begins the input: {@code [CLS]}, {@code <s>} or nothing
 * @param between what stands between two segments: {@code [SEP]}, {@code </s></s>} or nothing
 * @param end what ends the input: {@code [SEP]}, {@code </s>} or nothing
 * @param secondSegmentHasType1 whether the second segment and its end have the segment id 1, the first having 0
 */
public record SpecialTokens(int mask, int pad, int[] start, int[] between, int[] end, boolean secondSegmentHasType1) {

    /** How many special tokens go around one segment. */
    public int ofSingle() {
        return start.length + end.length;
    }

    /** How many special tokens go around and between two segments. */
    public int ofPair() {
        return start.length + between.length + end.length;
    }
}
