package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Chooses labels: encodes inputs, and asks a backbone about the mask as the verbalizer says. */
public final class MaskAnswers implements LabelAnswers {

    /** Inputs encoded at a time: enough for batches of like length, few enough for a list of any size. */
    private static final int CHUNK = 512;

    /** Scores at a time: some megabytes. */
    private static final int SCORES = 4_000_000;

    private final Verbalization verbalization;
    private final InputEncoding encoding;
    private final Backbone backbone;

    private MaskAnswers(Verbalization verbalization, InputEncoding encoding, Backbone backbone) {
        this.verbalization = verbalization;
        this.encoding = encoding;
        this.backbone = backbone;
    }

    /** Answers of this backbone by this verbalizer, where inputs are encoded so. */
    static MaskAnswers by(Verbalization verbalization, InputEncoding encoding, Backbone backbone) {
        return new MaskAnswers(verbalization, encoding, backbone);
    }

    /** Answers by words that are calibrated as the task says, by what this backbone says to inputs without content. */
    public static MaskAnswers of(CompiledTask task, Backbone backbone) {
        return of(task, task, backbone);
    }

    /** The same, where inputs are encoded so. */
    public static MaskAnswers of(CompiledTask task, InputEncoding encoding, Backbone backbone) {
        return by(WordVerbalization.calibrated(task, encoding, backbone), encoding, backbone);
    }

    /** Answers by words that are not calibrated: what training optimises. */
    public static MaskAnswers uncalibrated(CompiledTask task, InputEncoding encoding, Backbone backbone) {
        return by(WordVerbalization.plain(task), encoding, backbone);
    }

    /** The same of the texts that the template gives. */
    public static MaskAnswers uncalibrated(CompiledTask task, Backbone backbone) {
        return uncalibrated(task, task, backbone);
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        List<LabelAnswer> answers = new ArrayList<>(inputs.size());
        int size = Math.max(1, Math.min(CHUNK, SCORES / verbalization.width()));
        for (int from = 0; from < inputs.size(); from += size) {
            List<Map<String, String>> chunk = List.copyOf(inputs.subList(from, Math.min(inputs.size(), from + size)));
            answers.addAll(verbalization.answer(backbone, new EncodedInputs(encoding, chunk)));
        }
        return answers;
    }
}
