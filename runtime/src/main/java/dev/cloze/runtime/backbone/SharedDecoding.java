package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A text written behind many prompts at once, in several lines of equal length: what all prompts together find likely to come
 * next in each line. For one thread.
 *
 * <p>The keys and values of all prompts and lines are kept while they have room. Where they haven't, some of them at a time are
 * read and written anew for each token, which gives the same and takes longer: memory is bounded whatever the number of
 * prompts and lines.
 */
public final class SharedDecoding implements AutoCloseable {

    private final TextBackbone backbone;
    private final List<int[]> prompts;
    private final int widest;
    private final int most;
    private final boolean byLogits;
    private final SharedRoom room;
    private final Kernel kernel;
    private final List<Decoding> kept = new ArrayList<>();
    private final boolean keeps;
    private int width = 1;

    /**
     * Reads nothing yet.
     *
     * @param prompts at least one, with at least one token each
     * @param lines how many there are at most
     * @param most tokens that are written at most
     * @param byLogits whether logits are averaged over the prompts and log-probabilities taken of the mean; otherwise each
     *     prompt's log-probabilities add up
     */
    public SharedDecoding(
            TextBackbone backbone, List<int[]> prompts, int lines, int most, boolean byLogits, SharedRoom room) {
        this.backbone = backbone;
        this.prompts = List.copyOf(prompts);
        this.widest = lines;
        this.most = most;
        this.byLogits = byLogits;
        this.room = room;
        this.keeps = room.keeps(backbone.shape(), prompts, lines, most);
        this.kernel = Kernel.compile(backbone.memory(), KernelSource.read("together", Map.of()));
    }

    /** Whether keys and values are kept from token to token. */
    boolean keeps() {
        return keeps;
    }

    /**
     * The best tokens that come next in each line.
     *
     * @param lines what each has written, equally many tokens; at first there is one without any
     * @param parents for each line, the place of the one it continues among the lines of the call before
     * @param count how many tokens are wanted for each, fewer where the vocabulary has no more
     * @throws dev.cloze.problem.ClozeException MODEL_NOT_FINITE
     */
    public List<NextTokens> next(List<int[]> lines, int[] parents, int count) {
        int wanted = Math.min(count, backbone.shape().vocabularySize());
        return keeps ? ofKept(lines, parents, wanted) : anew(lines, wanted);
    }

    private List<NextTokens> ofKept(List<int[]> lines, int[] parents, int count) {
        int written = lines.get(0).length;
        try (NDManager scope = backbone.memory().newSubManager()) {
            if (written == 0) {
                int size = room.prompts(backbone.shape(), widest);
                for (int from = 0; from < prompts.size(); from += size) {
                    kept.add(backbone.read(part(from, size), most, Injection.NONE));
                }
            } else {
                int[] last = lines.stream().mapToInt(line -> line[written - 1]).toArray();
                kept.forEach(decoding -> goOn(decoding, decoding.rows() / width, parents, last));
            }
            width = lines.size();
            @Nullable NDArray sums = null;
            for (Decoding decoding : kept) {
                sums = added(scope, sums, decoding, decoding.rows() / width);
            }
            return best(scope, Objects.requireNonNull(sums), count);
        }
    }

    private List<NextTokens> anew(List<int[]> lines, int count) {
        int slice = Math.min(lines.size(), room.rows(backbone.shape()));
        List<NextTokens> all = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += slice) {
            all.addAll(anewSome(lines.subList(from, Math.min(lines.size(), from + slice)), count));
        }
        return all;
    }

    private List<NextTokens> anewSome(List<int[]> lines, int count) {
        int size = room.promptsAnew(backbone.shape(), prompts, lines.size(), most);
        try (NDManager scope = backbone.memory().newSubManager()) {
            @Nullable NDArray sums = null;
            for (int from = 0; from < prompts.size(); from += size) {
                List<int[]> some = part(from, size);
                try (Decoding decoding = backbone.read(some, most, Injection.NONE)) {
                    write(decoding, some.size(), lines);
                    sums = added(scope, sums, decoding, some.size());
                }
            }
            return best(scope, Objects.requireNonNull(sums), count);
        }
    }

    private static void write(Decoding decoding, int prompts, List<int[]> lines) {
        int[] parents = new int[lines.size()]; // of the one row that there is first
        for (int t = 0; t < lines.get(0).length; t++) {
            int at = t;
            goOn(
                    decoding,
                    prompts,
                    parents,
                    lines.stream().mapToInt(line -> line[at]).toArray());
            parents = IntStream.range(0, lines.size()).toArray();
        }
    }

    /** Each prompt goes on with all lines. */
    private static void goOn(Decoding decoding, int prompts, int[] parents, int[] tokens) {
        int before = decoding.rows() / prompts;
        int[] rows = new int[prompts * parents.length];
        int[] all = new int[rows.length];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = r / parents.length * before + parents[r % parents.length];
            all[r] = tokens[r % tokens.length];
        }
        decoding.advance(rows, all);
    }

    private List<int[]> part(int from, int size) {
        return prompts.subList(from, Math.min(prompts.size(), from + size));
    }

    /** What these prompts say, added to the sums of others, which are gone then. */
    private NDArray added(NDManager scope, @Nullable NDArray sums, Decoding decoding, int count) {
        try (NDArray before = sums == null ? scope.create(new float[0]) : sums) {
            return kernel.infer(scope, "sums", decoding.logits(), before, control(scope, count, 0));
        }
    }

    private NDArray control(NDManager scope, int count, int tokens) {
        return Control.of(scope, count, byLogits ? 1 : 0, tokens);
    }

    private List<NextTokens> best(NDManager scope, NDArray sums, int count) {
        double[] flat = kernel.infer(scope, "best", sums, control(scope, prompts.size(), count))
                .toDoubleArray();
        int lines = flat.length / 2 / count;
        List<NextTokens> all = new ArrayList<>(lines);
        for (int r = 0; r < lines; r++) {
            double[] logs = Arrays.copyOfRange(flat, r * count, (r + 1) * count);
            for (double log : logs) {
                FiniteScores.requireLogarithm(log, "the next token");
            }
            int from = flat.length / 2 + r * count;
            int[] tokens =
                    IntStream.range(from, from + count).map(i -> (int) flat[i]).toArray();
            all.add(new NextTokens(tokens, logs));
        }
        return all;
    }

    @Override
    public void close() {
        kept.forEach(Decoding::close);
        kernel.close();
    }
}
