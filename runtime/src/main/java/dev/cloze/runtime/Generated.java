package dev.cloze.runtime;

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
