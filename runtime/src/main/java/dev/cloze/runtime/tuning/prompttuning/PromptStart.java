package dev.cloze.runtime.tuning.prompttuning;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.PromptTuning.Start;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.soft.StartVectors;
import java.util.ArrayList;
import java.util.List;

/**
 * What the virtual tokens of prompt tuning are before the first step (Lester et al. 2021, arXiv 2104.08691, section 3.2).
 *
 * <p>At random the paper draws from -0.5 to 0.5, and the initialiser that its authors published from 0 to 0.5.
 */
final class PromptStart {

    private final LanguageModel model;
    private final TrainingOptions options;
    private final StartVectors vectors;

    PromptStart(LanguageModel model, TrainingOptions options) {
        this.model = model;
        this.options = options;
        this.vectors = new StartVectors(model.backbone(), options.seed());
    }

    /**
     * Rows for so many virtual tokens.
     *
     * @param words the tokens of each label word, in the order in which they are to be taken; none where text is written
     */
    List<float[]> rows(int count, List<int[]> words) {
        if (options.isSet(PromptTuningOptions.TEXT)) {
            return vectors.ofText(model.tokenizer().encode(options.get(PromptTuningOptions.TEXT), true), count);
        }
        Start start = options.get(PromptTuningOptions.START);
        if (start == Start.RANDOM) {
            return vectors.random(count, options.compat() == Compat.PAPER ? -0.5 : 0, 0.5);
        }
        List<float[]> rows = new ArrayList<>();
        if (start == Start.LABEL_WORDS) {
            rows.addAll(vectors.ofWords(words.subList(0, Math.min(count, words.size()))));
        }
        rows.addAll(vectors.ofVocabulary(count - rows.size()));
        return rows;
    }
}
