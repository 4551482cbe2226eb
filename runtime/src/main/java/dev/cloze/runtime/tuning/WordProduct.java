package dev.cloze.runtime.tuning;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A product that ranks words. */
public interface WordProduct extends Product, WordAnswers {

    /** The words, in the order of their scores. */
    List<String> words();

    /**
     * The place of a word among them; of an open vocabulary by its token, so that spellings that are one to the model are one.
     * Empty where it is none of them.
     */
    OptionalInt placeOf(String word);

    /** How it answers over the model that it shares; empty where it has weights of its own. */
    default Optional<Sharing<WordAnswers>> sharing() {
        return Optional.empty();
    }
}
