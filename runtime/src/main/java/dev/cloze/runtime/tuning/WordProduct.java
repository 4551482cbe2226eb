package dev.cloze.runtime.tuning;

import java.util.List;
import java.util.OptionalInt;

/** A product that ranks words. */
public interface WordProduct extends SharingProduct<WordAnswers>, WordAnswers {

    /** The words, in the order of their scores. */
    List<String> words();

    /**
     * The place of a word among them; of an open vocabulary by its token, so that spellings that are one to the model are one.
     * Empty where it is none of them.
     */
    OptionalInt placeOf(String word);

    @Override
    default WordAnswers answers() {
        return this;
    }
}
