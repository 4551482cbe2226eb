package dev.cloze.runtime.classification;

import dev.cloze.runtime.classification.MaskFiller.Filling;
import java.util.List;

/**
 * What a model reads where a template is filled with texts, and what it expects at the mask.
 *
 * @param before the text that it reads before the mask, as its tokenizer writes it, special tokens included
 * @param after the text that it reads behind the mask
 * @param fillings the most probable tokens at the mask, the most probable first
 * @param cuts the texts that had no room as a whole, in the order of the template; empty where it reads all
 */
public record MaskReading(String before, String after, List<Filling> fillings, List<Cut> cuts) {

    public MaskReading {
        fillings = List.copyOf(fillings);
        cuts = List.copyOf(cuts);
    }

    /**
     * A text that was cut.
     *
     * @param placeholder its path
     * @param from the first character that is read, from 0
     * @param to the one behind the last that is read; words are told whole, so that a word may be cut within
     */
    public record Cut(String placeholder, int from, int to) {}
}
