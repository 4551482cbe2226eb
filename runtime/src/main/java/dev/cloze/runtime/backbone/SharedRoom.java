package dev.cloze.runtime.backbone;

import java.util.List;

/**
 * How much memory a {@link SharedDecoding} takes.
 *
 * @param cache bytes of keys and values
 * @param logits bytes of logits at a time; a row at least
 */
public record SharedRoom(long cache, long logits) {

    /** A gigabyte of keys and values, and a quarter of it for logits. */
    public static final SharedRoom USUAL = new SharedRoom(1L << 30, 1L << 28);

    /** Whether all prompts and lines can be kept. */
    boolean keeps(BackboneShape shape, List<int[]> prompts, int lines, int most) {
        long needed = 0;
        for (int[] prompt : prompts) {
            needed += bytes(shape, prompt.length, lines, most);
        }
        return lines <= rows(shape) && needed <= cache;
    }

    /** Rows whose logits have room at a time. */
    int rows(BackboneShape shape) {
        return (int) Math.max(1, logits / (4L * shape.vocabularySize()));
    }

    /** Prompts whose lines' logits have room at a time. */
    int prompts(BackboneShape shape, int lines) {
        return Math.max(1, rows(shape) / lines);
    }

    /** The same where their keys and values are not all kept: one at least. */
    int promptsAnew(BackboneShape shape, List<int[]> prompts, int lines, int most) {
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(1);
        long fitting = Math.max(1, cache / bytes(shape, longest, lines, most));
        return (int) Math.min(prompts(shape, lines), fitting);
    }

    /** Keys and values of a prompt and what is written behind it: every token of every line has its own. */
    private static long bytes(BackboneShape shape, int prompt, int lines, int most) {
        long token = 2L * 4 * shape.layers() * shape.keyValueHeads() * shape.headSize();
        return (prompt + (long) lines * most) * token;
    }
}
