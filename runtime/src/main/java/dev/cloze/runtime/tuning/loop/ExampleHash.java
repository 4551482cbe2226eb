package dev.cloze.runtime.tuning.loop;

import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.training.DataHash;
import java.util.List;
import java.util.function.IntFunction;

/** The hash of examples as the model reads them. */
public final class ExampleHash {

    private ExampleHash() {}

    /** Each example is its label, its length, and the id and segment of each token. */
    public static String of(List<EncodedText> texts, int[] labels) {
        return of(texts, i -> new int[] {labels[i]});
    }

    /** The same where an example has a number, whose bits are taken. */
    public static String of(List<EncodedText> texts, double[] values) {
        return of(texts, i -> {
            long bits = Double.doubleToLongBits(values[i]);
            return new int[] {(int) (bits >>> Integer.SIZE), (int) bits};
        });
    }

    private static String of(List<EncodedText> texts, IntFunction<int[]> target) {
        DataHash hash = new DataHash();
        for (int i = 0; i < texts.size(); i++) {
            EncodedText text = texts.get(i);
            hash.add(target.apply(i));
            hash.add(text.length());
            for (int t = 0; t < text.length(); t++) {
                hash.add(text.ids()[t], text.segmentIds()[t]);
            }
        }
        return hash.hex();
    }
}
