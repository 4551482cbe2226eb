package dev.cloze.runtime.verbalizer;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What candidates must satisfy, each with the sentence the compiler says too. */
final class CandidateChecks {

    private CandidateChecks() {}

    static void written(List<? extends @Nullable String> words) {
        if (words.isEmpty()) {
            throw new ClozeException(
                    Problem.VERBALIZER_EMPTY_WORDS,
                    "There is no candidate to rank.\n"
                            + "  Give at least one word; without a list all of the model's are ranked.");
        }
        for (String word : words) {
            if (word == null || word.isBlank()) {
                throw new ClozeException(
                        Problem.VERBALIZER_EMPTY_WORDS,
                        "A candidate is " + (word == null ? "null" : "blank")
                                + ".\n  Write a word, or take it out of the list.");
            }
            if (!word.equals(word.strip())) {
                throw new ClozeException(
                        Problem.CANDIDATE_WHITE_SPACE,
                        "The candidate \"" + word + "\" has white space at its ends."
                                + "\n  Whether a space stands before the word is the template's to say: write \""
                                + word.strip() + "\".");
            }
        }
    }

    static ClozeException noWords(LabelVocabulary vocabulary) {
        return new ClozeException(
                Problem.VERBALIZER_EMPTY_WORDS,
                "No token of " + vocabulary.name() + " is a whole word, so that there is none to rank."
                        + "\n  Give candidates, which may be of several tokens: @Candidates({...}).");
    }

    /** No two may be the same to the model. */
    static void distinct(List<LabelWord> words, LabelVocabulary vocabulary) {
        Map<List<Integer>, String> seen = new HashMap<>();
        for (LabelWord word : words) {
            List<Integer> ids = LabelWordChecks.ids(word);
            String other = seen.putIfAbsent(ids, word.text());
            if (other != null) {
                throw new ClozeException(
                        Problem.VERBALIZER_DUPLICATE_WORD,
                        other.equals(word.text())
                                ? "\"" + other + "\" is written twice among the candidates."
                                        + "\n  A word is ranked once: leave one of them out."
                                : "The candidates \"" + other + "\" and \"" + word.text() + "\" are the same to "
                                        + vocabulary.name() + ": " + LabelWordChecks.spelled(ids, vocabulary) + "."
                                        + "\n  Its tokenizer makes them equal: keep one of them.");
            }
        }
    }
}
