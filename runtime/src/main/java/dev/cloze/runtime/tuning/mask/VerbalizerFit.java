package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.verbalizer.LabelWord;

/** Refuses what means nothing beside a kind of verbalizer, which a task declared by hand has no compiler for. */
final class VerbalizerFit {

    private VerbalizerFit() {}

    static void require(CompiledTask task, VerbalizerKind kind, TrainingOptions options) {
        Calibration calibration = task.task().calibration();
        boolean ofWords = kind == VerbalizerKind.WORDS || kind == VerbalizerKind.KNOWLEDGEABLE;
        if (!ofWords && calibration != Calibration.NONE) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    "calibration = " + calibration + " means nothing to kind = " + kind
                            + ", whose scores are none of words.\n  Calibration takes out how much a model prefers some"
                            + " words whatever the text is.\n  Leave calibration out, or choose kind = WORDS or"
                            + " KNOWLEDGEABLE.");
        }
        if (kind == VerbalizerKind.PROTOTYPES
                && options.get(VerbalizerOptions.WITH_WORDS)
                && task.task().labels().size() == 2) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    "withWords = true means nothing to " + task.task().name()
                            + ", which has two labels.\n  Standard scores of two labels are always the same two numbers,"
                            + " so that prototypes and words would undo one another.\n  Leave withWords out: prototypes"
                            + " alone choose.");
        }
        if (kind == VerbalizerKind.KNOWLEDGEABLE && task.verbalizer().isJoint()) {
            String word = task.verbalizer().words().stream()
                    .filter(one -> one.tokens().length > 1)
                    .map(LabelWord::text)
                    .findFirst()
                    .orElseThrow();
            throw new ClozeException(
                    Problem.VERBALIZER_MULTI_TOKEN_WORD,
                    "\"" + word + "\" is several tokens, and kind = KNOWLEDGEABLE weighs scores at one mask."
                            + "\n  Write @Verbalizer(multiTokenWords = MultiTokenWords.FIRST) or MEAN, or choose words of"
                            + " one token.");
        }
    }
}
