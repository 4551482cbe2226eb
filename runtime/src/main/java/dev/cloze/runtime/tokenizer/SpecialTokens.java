package dev.cloze.runtime.tokenizer;

/**
 * The special tokens of a model and where they stand.
 *
 * @param mask the mask's id, or -1 when the model has none
 * @param pad the padding's id
 * @param start what opens a text (BERT: {@code [CLS]})
 * @param between what stands between two segments (BERT: {@code [SEP]}, RoBERTa: {@code </s></s>})
 * @param end what closes a text
 * @param secondSegmentHasType1 whether the second segment's token types are 1
 */
public record SpecialTokens(int mask, int pad, int[] start, int[] between, int[] end, boolean secondSegmentHasType1) {}
