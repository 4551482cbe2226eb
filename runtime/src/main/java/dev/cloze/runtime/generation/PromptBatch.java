package dev.cloze.runtime.generation;

import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prompts of like length that are written after together.
 *
 * @param prompts their places among those given
 * @param most how many tokens each may get, at least 1
 */
record PromptBatch(int[] prompts, int most) {

    /** Rows of one step at most: more gain nothing on a CPU, and memory grows with them. */
    private static final int MOST_ROWS = 64;

    /** Tokens read at once at most, padding included. */
    private static final int MOST_TOKENS = 16_384;

    /**
     * The padding that a prompt may have in any case, in tokens; beyond it all padding of a batch is at most a quarter of its
     * prompts. Of 64 prompts of 20 to 60 tokens that makes two batches, which take 5 to 10 % longer than one; were it a tenth,
     * three would take 12 to 20 % longer, and five without these tokens 34 %.
     */
    private static final int FEW = 4;

    /**
     * Cuts prompts into batches of bounded size and padding, the shortest first; those of one batch have room for equally many
     * tokens.
     *
     * @param rows how many rows a prompt has
     * @param maxTokens how many tokens are wanted at most
     */
    static List<PromptBatch> of(TextBackbone model, List<int[]> prompts, Injection injection, int rows, int maxTokens) {
        int[] most = prompts.stream()
                .mapToInt(prompt ->
                        Math.max(1, Math.min(maxTokens, model.room(prompt.length + injection.firstPosition()))))
                .toArray();
        if (injection.isForCertainRows()) {
            int all = Arrays.stream(most).min().orElse(maxTokens);
            return List.of(new PromptBatch(IntStream.range(0, prompts.size()).toArray(), all));
        }
        int[] sorted = IntStream.range(0, prompts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> prompts.get(i).length))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] lengths = Arrays.stream(sorted).map(i -> prompts.get(i).length).toArray();
        int[] rooms = Arrays.stream(sorted).map(i -> most[i]).toArray();
        List<PromptBatch> batches = new ArrayList<>();
        for (int to = sorted.length; to > 0; ) {
            int from = start(lengths, rooms, to, Math.max(1, MOST_ROWS / rows));
            batches.add(0, new PromptBatch(Arrays.copyOfRange(sorted, from, to), rooms[from]));
            to = from;
        }
        return batches;
    }

    /** Where the batch begins whose last and longest prompt stands before {@code to}. */
    private static int start(int[] lengths, int[] rooms, int to, int atOnce) {
        long longest = lengths[to - 1];
        long tokens = longest;
        for (int from = to - 1; from > 0; from--) {
            tokens += lengths[from - 1];
            int count = to - from + 1;
            if (count > atOnce
                    || rooms[from - 1] != rooms[from]
                    || count * longest > MOST_TOKENS
                    || count * longest - tokens > tokens / 4 + FEW * count) {
                return from;
            }
        }
        return 0;
    }
}
