package dev.cloze.benchmarks;

import dev.cloze.benchmarks.ProductsAlone.Call;
import dev.cloze.runtime.backbone.TextRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The last columns of tables: what the matrix products alone take, as a share of our time. */
final class ProductShare implements AutoCloseable {

    static final String TITLES = " products alone, of our time: packed | plain |";
    static final String RULE = "---:|---:|";
    static final String NONE = " | |";

    /** The columns of what takes us so many seconds. */
    interface Columns {
        String of(double seconds) throws IOException;
    }

    /** A turn repeats what is shorter. */
    private static final double SECONDS = 0.3;

    private final ProductsAlone products;
    private final int rounds;

    ProductShare(Path folder, int rounds) throws IOException {
        this.products = new ProductsAlone(LayerMatrices.of(folder));
        this.rounds = rounds;
    }

    /** The columns of what takes us so many seconds and makes these calls. */
    String inferring(double seconds, List<Call> calls) throws IOException {
        Duel duel = Duel.of(
                rounds,
                turn(calls, call -> products.infer(call, true)),
                turn(calls, call -> products.infer(call, false)));
        return " %.2f | %.2f |".formatted(duel.our() / seconds, duel.their() / seconds);
    }

    /** The columns of training: nothing is packed where weights change, and nothing is here where they are frozen. */
    String training(double seconds, List<Call> calls, boolean frozen) throws IOException {
        Duel.Turn turn = turn(calls, call -> products.train(call, frozen));
        double[] taken = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            taken[i] = turn.seconds();
        }
        return " | %.2f |".formatted(Duel.median(taken) / seconds);
    }

    /** The seconds of all calls once. */
    private static Duel.Turn turn(List<Call> calls, Consumer<Call> work) {
        Runnable all = () -> calls.forEach(work);
        all.run();
        int times = (int) Math.ceil(SECONDS / Duel.time(all));
        return () -> {
            all.run(); // after a rest
            return Duel.time(() -> {
                        for (int i = 0; i < times; i++) {
                            all.run();
                        }
                    })
                    / times;
        };
    }

    /** A call for each batch of these texts, in their order and without padding; the last layer goes on with a token of each. */
    static List<Call> batches(List<int[]> texts, int batch) {
        List<Call> calls = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += batch) {
            List<int[]> members = texts.subList(from, Math.min(texts.size(), from + batch));
            calls.add(new Call(members.stream().mapToInt(text -> text.length).sum(), members.size(), 0));
        }
        return calls;
    }

    /** The same where the last layer goes on with all tokens. */
    static List<Call> everywhere(List<Call> calls) {
        return calls.stream().map(Call::everywhere).toList();
    }

    /** As many steps, each of so many texts that are as long as these are on the whole; the last layer goes on with a token of each. */
    static List<Call> steps(List<int[]> texts, int batch, int steps) {
        int tokens = texts.stream().mapToInt(text -> text.length).sum() * batch / texts.size();
        return Collections.nCopies(steps, new Call(tokens, batch, 0));
    }

    /** The same of pairs, whose targets' tokens are chosen from the vocabulary. */
    static List<Call> pairs(List<TextRow> pairs, int batch, int steps) {
        int sources = pairs.stream().mapToInt(pair -> pair.source().length).sum();
        int targets = pairs.stream().mapToInt(pair -> pair.target().length).sum();
        int tokens = (sources + targets) * batch / pairs.size();
        Call step = new Call(tokens, tokens, targets * batch / pairs.size());
        return Collections.nCopies(steps, step);
    }

    /** Prompts that are read at once, and then so many tokens, one by one on as many lines as there are beams. */
    static List<Call> writing(List<int[]> prompts, int beams, int tokens) {
        int read = prompts.stream().mapToInt(prompt -> prompt.length).sum();
        int lines = prompts.size() * beams;
        List<Call> calls = new ArrayList<>(Collections.nCopies(tokens - 1, new Call(lines, lines, lines)));
        calls.add(new Call(read, read, prompts.size()));
        return calls;
    }

    @Override
    public void close() {
        products.close();
    }
}
