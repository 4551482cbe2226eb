package dev.cloze.runtime;

import java.util.Locale;

/**
 * A text that a model has written after a prompt.
 *
 * @param text without special tokens, and cut before the stop word if one ended it
 * @param ids the tokens written, with those of a stop word, without the end token
 * @param logProbability natural logarithm of the probability the model gives these tokens after the prompt, the end token
 *     included if the text ended by it
 * @param reason why there are no more
 */
public record Generated(String text, int[] ids, double logProbability, FinishReason reason) {

    /** The text and how it ended: {@code "a film" (2 tokens, log-probability -3.25, END)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "\"%s\" (%d token%s, log-probability %.2f, %s)",
                text,
                ids.length,
                ids.length == 1 ? "" : "s",
                logProbability,
                reason);
    }

    /** Why a text has no more tokens. */
    public enum FinishReason {
        /** The model ended it. */
        END,
        /** A stop word was written. */
        STOP_WORD,
        /** It has as many tokens as it may have, or the model's positions are used up. */
        MAX_TOKENS,
        /** The time was up. */
        DEADLINE,
        /** The listener asked for no more. */
        CANCELLED
    }
}
