package dev.cloze.runtime.backbone.t5;

import dev.cloze.runtime.backbone.TokenRow;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A text with masks as T5 was pretrained to fill them: the masks are one sentinel in what the encoder reads, and the
 * decoder writes that sentinel and then what stands for it.
 *
 * <p>The masks of a row are the positions of segment 1, or where there are none, those asked. The last of the decoder's
 * inputs is where the first open mask's logits are.
 *
 * @param source the encoder's text
 * @param target the decoder's inputs: its start token, the sentinel, and the tokens known so far
 */
record MaskedText(int[] source, int[] target) {

    /** The row, whose open masks hold the sentinel's id. */
    static MaskedText of(TokenRow row, int startToken) {
        int[] asked = row.asked();
        if (asked.length == 0) {
            return new MaskedText(row.ids(), new int[] {startToken});
        }
        int[] masks = masks(row);
        int sentinel = row.ids()[asked[0]];
        int[] known = Arrays.stream(masks)
                .takeWhile(at -> at < asked[0])
                .map(at -> row.ids()[at])
                .toArray();
        int[] target = new int[2 + known.length];
        target[0] = startToken;
        target[1] = sentinel;
        System.arraycopy(known, 0, target, 2, known.length);
        return new MaskedText(collapsed(row.ids(), masks, sentinel), target);
    }

    private static int[] masks(TokenRow row) {
        int[] span = IntStream.range(0, row.length())
                .filter(at -> row.segments()[at] == 1)
                .toArray();
        int[] masks = span.length == 0 ? row.asked() : span;
        if (masks[masks.length - 1] - masks[0] != masks.length - 1) {
            throw new IllegalArgumentException("masks that do not stand together: " + Arrays.toString(masks));
        }
        return masks;
    }

    private static int[] collapsed(int[] ids, int[] masks, int sentinel) {
        int[] text = new int[ids.length - masks.length + 1];
        System.arraycopy(ids, 0, text, 0, masks[0]);
        text[masks[0]] = sentinel;
        int after = masks[masks.length - 1] + 1;
        System.arraycopy(ids, after, text, masks[0] + 1, ids.length - after);
        return text;
    }
}
