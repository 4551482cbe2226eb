package dev.cloze.runtime.verbalizer;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/** What a verbalizer asks of a model's vocabulary. */
public interface LabelVocabulary {

    /** What messages call the model. */
    default String name() {
        return "the model";
    }

    /** Whether the model writes a word token after token, rather than be asked for all of them at once. */
    default boolean isWritten() {
        return false;
    }

    /** The tokens a word has in running text, with a space before it or without. */
    List<Integer> encodeWord(String word, boolean afterSpace);

    /** The id that stands for text the vocabulary has no token for. */
    OptionalInt unknownId();

    /** The token of an id, as the vocabulary spells it. */
    String token(int id);

    /** Single-token words like this one, the nearest first, at most k. */
    List<String> nearestSingleTokenWords(String word, boolean afterSpace, int k);

    /** All words of letters and digits that are one token, by its id, ascending. */
    SortedMap<Integer, String> wholeWords(boolean afterSpace);
}
