package dev.cloze.runtime.tuning.loop;

import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.training.DataHash;
import java.util.List;

/** The hash of labelled texts as the model reads them. */
public final class ExampleHash {

    private ExampleHash() {}

    /** Each example is its label, its length, and the id and segment of each token. */
    public static String of(List<EncodedText> texts, int[] labels) {
        DataHash hash = new DataHash();
        for (int i = 0; i < labels.length; i++) {
            EncodedText text = texts.get(i);
            hash.add(labels[i], text.length());
            for (int t = 0; t < text.length(); t++) {
                hash.add(text.ids()[t], text.segmentIds()[t]);
            }
        }
        return hash.hex();
    }
}
