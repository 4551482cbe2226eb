package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.LabelWord;
import dev.cloze.vocabulary.UnevenWords;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns, once a process, of label words whose lengths decide more than the text does. */
final class UnevenWordsWarning {

    private static final Logger LOG = LoggerFactory.getLogger(UnevenWordsWarning.class);

    /** A task is compiled again for every model and every run; and whoever asks a server may send words of his own. */
    private static final SaidOnce SAID = new SaidOnce(100);

    private UnevenWordsWarning() {}

    /** Logs what there is to say of this task. */
    static void of(CompiledTask task) {
        of(task, SAID);
    }

    static void of(CompiledTask task, SaidOnce said) {
        message(task).filter(said::isNew).ifPresent(LOG::warn);
    }

    /** What there is to say; nothing of words that are ranked as themselves, or where calibration takes the length out. */
    static Optional<String> message(CompiledTask task) {
        CompiledVerbalizer<Object> verbalizer = task.verbalizer();
        boolean compared = verbalizer.isJoint()
                && verbalizer.choice() != MultiTokenWords.JOINT_MEAN
                && !task.task().ofWords()
                && task.task().calibration() == Calibration.NONE;
        return compared ? UnevenWords.of(lengths(verbalizer)).map(uneven -> message(task, uneven)) : Optional.empty();
    }

    private static List<List<Integer>> lengths(CompiledVerbalizer<Object> verbalizer) {
        return IntStream.range(0, verbalizer.labels().size())
                .mapToObj(label -> words(verbalizer, label).stream()
                        .map(word -> word.tokens().length)
                        .toList())
                .toList();
    }

    private static List<LabelWord> words(CompiledVerbalizer<Object> verbalizer, int label) {
        return verbalizer.words().stream().filter(word -> word.label() == label).toList();
    }

    private static String message(CompiledTask task, UnevenWords uneven) {
        CompiledVerbalizer<Object> verbalizer = task.verbalizer();
        Object label = verbalizer.labels().get(uneven.label());
        String word = words(verbalizer, uneven.label()).get(uneven.word()).text();
        return Problem.VERBALIZER_MULTI_TOKEN_WORD.message(
                "\"" + word + "\" of " + task.task().name() + " is "
                        + uneven.tokens() + " tokens, and makes " + label + " improbable by its length: "
                        + uneven.averages() + ".\n  multiTokenWords = " + verbalizer.choice()
                        + " adds up the logarithms of the tokens' probabilities, so each token more costs, whatever the text is.\n"
                        + "  Take words of equal length, or write calibration = Calibration.PMI, which takes out how probable a word is"
                        + " whatever the text is; multiTokenWords = MultiTokenWords.JOINT_MEAN takes the mean instead.");
    }
}
