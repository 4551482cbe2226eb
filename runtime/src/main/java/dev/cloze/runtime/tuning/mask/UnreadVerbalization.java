package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.tuning.LabelAnswer;
import java.util.List;
import java.util.Map;

/** That of a saved product which is opened to be compared with the task, without what was tuned. */
record UnreadVerbalization(VerbalizerKind kind, Map<String, String> settings) implements Verbalization {

    @Override
    public List<LabelAnswer> answer(Backbone backbone, EncodedInputs texts) {
        throw new IllegalStateException("nothing was read of the verbalizer");
    }
}
