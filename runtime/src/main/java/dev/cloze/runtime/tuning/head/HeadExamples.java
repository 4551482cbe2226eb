package dev.cloze.runtime.tuning.head;

import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.loop.ExampleHash;
import java.util.List;
import java.util.Map;

/**
 * A training set as a head reads it.
 *
 * @param rows of the examples; an element may be made when it is asked for
 * @param targets what is to be said of each
 * @param cutShare the share of them that was cut, 0 to 1
 * @param dataHash of rows and targets
 */
public record HeadExamples(List<TokenRow> rows, HeadTargets targets, double cutShare, String dataHash) {

    /** Labelled examples. */
    public static HeadExamples of(HeadReading reading, LabeledValues examples) {
        List<EncodedText> texts = encoded(reading, examples.inputs());
        return of(reading, texts, new HeadTargets.Hard(examples.labels()), ExampleHash.of(texts, examples.labels()));
    }

    /** Rated examples. */
    public static HeadExamples of(HeadReading reading, RatedValues examples) {
        List<EncodedText> texts = encoded(reading, examples.inputs());
        return of(reading, texts, new HeadTargets.Numbers(examples.values()), ExampleHash.of(texts, examples.values()));
    }

    private static List<EncodedText> encoded(HeadReading reading, List<Map<String, String>> inputs) {
        return inputs.stream().map(reading::encode).toList();
    }

    private static HeadExamples of(HeadReading reading, List<EncodedText> texts, HeadTargets targets, String dataHash) {
        return new HeadExamples(
                reading.rows(texts),
                targets,
                texts.stream().filter(EncodedText::cut).count() / (double) Math.max(1, texts.size()),
                dataHash);
    }
}
