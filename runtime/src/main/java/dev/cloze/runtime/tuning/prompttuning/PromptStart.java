package dev.cloze.runtime.tuning.prompttuning;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.PromptTuning.Start;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.PromptFile;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.exchange.VirtualTokenExchange;
import dev.cloze.runtime.tuning.soft.SoftSettings;
import dev.cloze.runtime.tuning.soft.StartVectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        this.vectors = new StartVectors(model, options.seed());
    }

    /**
     * How many virtual tokens there are: as promptLength says, and where they start as a prompt that was saved, as many as that has.
     *
     * @throws ClozeException TUNING_OPTION_OUT_OF_RANGE where promptLength is written and says otherwise
     */
    static int length(TrainingOptions options) {
        int asked = SoftSettings.before(TuningMethod.PROMPT_TUNING, false, options);
        if (!options.isSet(PromptTuningOptions.FILE)) {
            return asked;
        }
        String file = options.get(PromptTuningOptions.FILE);
        int there = PromptFile.read(Path.of(file)).config().length();
        if (options.isSet(TuningOptions.PROMPT_LENGTH) && asked != there) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_OUT_OF_RANGE,
                    "promptLength = " + asked + ", but file = \"" + file + "\" has " + there
                            + " virtual tokens.\n  Leave promptLength out: it follows from the file.");
        }
        return there;
    }

    /** What the files that they start from, or are chosen among, hold now; nothing where there are none. */
    static Map<String, String> identity(TrainingOptions options) {
        List<Path> files = options.isSet(PromptTuningOptions.FILE)
                ? List.of(Path.of(options.get(PromptTuningOptions.FILE)))
                : options.isSet(PromptTuningOptions.SOURCES)
                        ? SourcePrompts.in(Path.of(options.get(PromptTuningOptions.SOURCES)))
                        : List.of();
        List<float[]> rows = new ArrayList<>();
        files.forEach(
                file -> rows.addAll(StartVectors.rows(PromptFile.read(file).vectors())));
        return rows.isEmpty() ? Map.of() : StartVectors.identity(rows);
    }

    /**
     * Rows for so many virtual tokens.
     *
     * @param words the tokens of each label word, in the order in which they are to be taken; none where text is written
     */
    List<float[]> rows(int count, List<int[]> words) {
        if (options.isSet(PromptTuningOptions.FILE)) {
            Adapter prompt = PromptFile.read(Path.of(options.get(PromptTuningOptions.FILE)));
            VirtualTokenExchange.requireModel(prompt, model.identity());
            return StartVectors.rows(prompt.vectors());
        }
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
