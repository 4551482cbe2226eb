package dev.cloze.benchmarks.fewshot;

import dev.cloze.testkit.data.TextExample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of one file that are a part of a split: a line of the committed list.
 *
 * @param task the data set
 * @param seed of the split; 0 for what all seeds share
 * @param part {@code train}, {@code dev}, {@code test} or {@code unlabeled}
 * @param file below the folder of data sets
 * @param rows their numbers from 0, in the order of use; empty for the whole file
 * @param hash of what these rows hold
 */
record SplitPart(String task, int seed, String part, String file, List<Integer> rows, String hash) {

    private static final int HASH_DIGITS = 16;

    /** A part of these rows of a file that holds all those examples. */
    static SplitPart of(String task, int seed, String part, String file, List<Integer> rows, List<TextExample> all) {
        return new SplitPart(task, seed, part, file, rows, hash(chosen(rows, all)));
    }

    /** Its texts, out of all of the file. */
    List<TextExample> of(List<TextExample> all) {
        int most = rows.stream().mapToInt(row -> row).max().orElse(-1);
        if (most >= all.size()) {
            throw new IllegalStateException(
                    file + " has " + all.size() + " rows; row " + most + " is in the list of splits.");
        }
        List<TextExample> texts = chosen(rows, all);
        if (!hash(texts).equals(hash)) {
            throw new IllegalStateException("The rows of " + file + " that the list of splits names as " + part + " of "
                    + task + (seed == 0 ? "" : ", seed " + seed)
                    + ", are not those that the table was measured with: their hash differs.");
        }
        return texts;
    }

    private static List<TextExample> chosen(List<Integer> rows, List<TextExample> all) {
        return rows.isEmpty() ? all : rows.stream().map(all::get).toList();
    }

    private static String hash(List<TextExample> texts) {
        MessageDigest digest = sha256();
        texts.forEach(
                text -> digest.update((text.label() + "\t" + whole(text) + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    }

    private static String whole(TextExample text) {
        return text.title().isEmpty() ? text.text() : text.title() + "\t" + text.text();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the list has it. */
    String line() {
        String numbers =
                rows.isEmpty() ? "all" : rows.stream().map(Object::toString).collect(Collectors.joining(","));
        return String.join("\t", task, Integer.toString(seed), part, file, numbers, hash);
    }

    static SplitPart read(String line) {
        String[] cells = line.split("\t", -1);
        List<Integer> rows = cells[4].equals("all")
                ? List.of()
                : Arrays.stream(cells[4].split(",")).map(Integer::valueOf).toList();
        return new SplitPart(cells[0], Integer.parseInt(cells[1]), cells[2], cells[3], rows, cells[5]);
    }

    static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
