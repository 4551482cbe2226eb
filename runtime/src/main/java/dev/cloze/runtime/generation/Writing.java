package dev.cloze.runtime.generation;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Generated;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.TokenSelection;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one call to generate has to do, whichever way tokens are chosen.
 *
 * @param ends tokens that end a text
 * @param results of each prompt, as they are finished
 */
record Writing(
        Tokenizer tokenizer,
        int[] ends,
        GenerationOptions options,
        GenerationListener listener,
        TokenSelection selection,
        Blocking blocking,
        StopWords stops,
        Interruption interruption,
        List<List<Generated>> results) {

    /** Whether that token ends a text. */
    boolean isEnd(int token) {
        return IntStream.of(ends).anyMatch(end -> end == token);
    }

    /** A finished text behind what stands before it. */
    Generated generated(PromptEnd before, int[] ids, double logProbability, FinishReason reason) {
        String text = before.decode(ids);
        int stop = reason == FinishReason.STOP_WORD ? stops.indexIn(new StringBuilder(text), 0) : -1;
        return new Generated(stop < 0 ? text : text.substring(0, stop), ids, logProbability, reason);
    }

    /** Whether the text of these tokens has a stop word. */
    boolean isStopped(PromptEnd before, int[] ids) {
        return !stops.isEmpty() && stops.indexIn(new StringBuilder(before.decode(ids)), 0) >= 0;
    }

    /** Tells a text that was not told piece by piece. */
    void tellWhole(int prompt, String text) {
        String shown = WrittenText.withoutBrokenEnd(text);
        if (!shown.isEmpty()) {
            listener.onText(prompt, shown);
        }
    }

    /** For a prompt after which, so many tokens on, nothing may follow. */
    ClozeException nothingAllowed(int prompt, int written) {
        return new ClozeException(
                Problem.GENERATION_NOTHING_ALLOWED,
                "No token may follow prompt " + prompt
                        + (written == 0 ? "" : " and the " + written + " written after it")
                        + ": every one is blocked.\n  Blocked are: " + String.join(", ", blocks())
                        + ".\n  Block less, or write fewer tokens.");
    }

    private List<String> blocks() {
        List<String> blocks = new java.util.ArrayList<>();
        if (!options.forbiddenTokens().isEmpty()) {
            blocks.add(options.forbiddenTokens().size() + " forbidden tokens");
        }
        if (!options.forbidden().isEmpty()) {
            blocks.add("the forbidden words " + String.join(", ", options.forbidden()));
        }
        if (options.noRepeatNgram() > 0) {
            blocks.add("repeated sequences of " + options.noRepeatNgram() + " tokens");
        }
        if (options.minTokens() > 0) {
            blocks.add("the end before " + options.minTokens() + " tokens");
        }
        return blocks;
    }
}
