package dev.cloze.runtime.generation;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.GenerationListener;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One text that grows token by token and is never taken back. */
final class Line {

    private final Writing writing;
    private final int prompt;
    private final IntList ids;
    private final int start;
    private final PromptEnd promptEnd;
    private final SplittableRandom random;
    private final boolean streamed;
    private final @Nullable WrittenText text;
    private double logProbability;
    private @Nullable FinishReason reason;

    /** Its row in the decoding. */
    int row;

    /**
     * A line without tokens.
     *
     * @param prompt the prompt's place among those given
     * @param tokens of the prompt
     * @param before the tokens before its first one
     * @param sequence which of the prompt's lines it is, from 0
     */
    Line(Writing writing, int prompt, int[] tokens, int[] before, int sequence) {
        this.writing = writing;
        this.prompt = prompt;
        this.ids = new IntList(before);
        this.start = before.length;
        this.promptEnd = PromptEnd.of(writing.tokenizer(), before);
        this.random = new SplittableRandom(seed(writing.options().seed(), tokens, sequence));
        boolean heard = writing.listener() != GenerationListener.NONE;
        this.streamed = heard && writing.options().sequences() == 1;
        this.text =
                streamed || !writing.stops().isEmpty() ? new WrittenText(promptEnd, writing.stops(), this::tell) : null;
    }

    /** The seed follows from what the prompt says, not from where it stands. */
    private static long seed(long seed, int[] tokens, int sequence) {
        long hash = mixed(seed);
        for (int token : tokens) {
            hash = mixed(hash + token);
        }
        return mixed(hash + sequence);
    }

    /** The finalizer of MurmurHash3. */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }

    private void tell(String piece) {
        if (streamed) {
            writing.listener().onText(prompt, piece);
        }
    }

    /** The next share to draw by: 0 to below 1 in steps of 2^-52, so that its product with a sum stays below the sum. */
    double share() {
        return (random.nextLong() >>> 12) * 0x1p-52;
    }

    int prompt() {
        return prompt;
    }

    /** All tokens so far, those before the first one too. */
    int[] context() {
        return ids.toArray();
    }

    int last() {
        return ids.last();
    }

    /** Takes the next token; the line is finished if that ends it. */
    void add(int token, double logProbability, int most) {
        if (logProbability == Double.NEGATIVE_INFINITY) {
            throw writing.nothingAllowed(prompt, ids.size() - start);
        }
        this.logProbability += logProbability;
        if (writing.isEnd(token)) {
            reason = FinishReason.END;
            return;
        }
        ids.add(token);
        if (text != null && text.add(token)) {
            reason = FinishReason.STOP_WORD;
        } else if (ids.size() - start >= most) {
            reason = FinishReason.MAX_TOKENS;
        }
    }

    boolean isFinished() {
        return reason != null;
    }

    /** The text as it is, finished for that reason unless it has one. */
    Generated end(FinishReason otherwise) {
        FinishReason why = reason == null ? otherwise : reason;
        int[] written = ids.from(start);
        return text == null
                ? writing.generated(promptEnd, written, logProbability, why)
                : new Generated(text.end(), written, logProbability, why);
    }
}
