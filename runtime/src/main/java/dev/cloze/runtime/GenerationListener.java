package dev.cloze.runtime;

/** Hears text as it is written, and may stop it; called in the thread that generates. */
@FunctionalInterface
public interface GenerationListener {

    /** Hears nothing and stops nothing. */
    GenerationListener NONE = (prompt, piece) -> {};

    /**
     * The next piece of a text: whole characters only, never part of a stop word. With beams or several sequences the
     * whole of a prompt's first text comes at once, when it is finished.
     *
     * <p>A character that the text ends in the middle of is left out, though {@link Generated#text} shows it as U+FFFD.
     *
     * @param prompt the prompt's place among those given, from 0
     * @param piece at least one character
     */
    void onText(int prompt, String piece);

    /** Asked before every token: true ends all texts where they are, with what they have so far. */
    default boolean isCancelled() {
        return false;
    }
}
