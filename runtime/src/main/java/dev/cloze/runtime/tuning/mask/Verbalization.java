package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.LabelAnswer;
import java.util.List;
import java.util.Map;

/**
 * How the scores of labels come from what a backbone says at the mask: by words, by vectors, by prototypes. Methods don't know which.
 * It holds numbers of Java alone, so that many threads can use one at once and nobody has to close it.
 */
public interface Verbalization {

    /** Answers for these inputs, in their order; each is asked as all its texts, and the scores are averaged. */
    List<LabelAnswer> answer(Backbone backbone, EncodedInputs texts);

    /** How many scores an input has, at least 1: of an open vocabulary very many. */
    default int width() {
        return 1;
    }

    /** Which of the kinds it is. */
    default VerbalizerKind kind() {
        return VerbalizerKind.WORDS;
    }

    /** What has to be known to read it again beside its kind, by name. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** What of it was trained, by the names under which it is saved. */
    default Map<String, Tensor> tensors() {
        return Map.of();
    }

    /** What rows of its tensors are of, by name. */
    default Map<String, List<String>> texts() {
        return Map.of();
    }
}
