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
     * Cuts prompts into batches of bounded size; those of one batch have room for equally many tokens.
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
        int atOnce = Math.max(1, MOST_ROWS / rows);
        List<PromptBatch> batches = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= sorted.length; to++) {
            boolean full = to == sorted.length
                    || to - from == atOnce
                    || most[sorted[to]] != most[sorted[from]]
                    || (to + 1 - from) * (long) prompts.get(sorted[to]).length > MOST_TOKENS;
            if (full) {
                batches.add(new PromptBatch(Arrays.copyOfRange(sorted, from, to), most[sorted[from]]));
                from = to;
            }
        }
        return batches;
    }
}
