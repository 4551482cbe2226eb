package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.tuning.LabeledValues;
import java.util.List;
import java.util.Map;

/**
 * Examples that are asked at the mask.
 *
 * @param inputs for each, the text of every placeholder by path
 * @param targets what is to be said of each
 */
public record MaskExamples(List<Map<String, String>> inputs, MaskTargets targets) {

    /** Labelled ones. */
    public static MaskExamples of(LabeledValues examples, LabelLoss loss) {
        return new MaskExamples(examples.inputs(), new LabelTargets(examples.labels(), loss));
    }
}
