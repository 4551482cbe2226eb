package dev.cloze.benchmarks;

import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.PromptPipeline;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table of a method's loops, Cloze's against those restated in Python: samples a second. */
final class LoopTable {

    /** A training of fewer steps is one of a large model. */
    private static final int LONG = 4;

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;

    LoopTable(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    /** Their operation and its options. */
    record Request(String operation, Map<String, Object> options) {}

    void begin(String method, Shape shape) {
        out.printf("%n### %s, %s shape (samples a second, dropout on)%n%n", method, shape.name());
        out.println(
                "| part | samples at once | restated loop | Cloze | times as fast | rounds |" + ProductShare.TITLES);
        out.println("|---|---|---:|---:|---:|---|" + ProductShare.RULE);
    }

    /** A training of so many timed steps. */
    void training(
            String part,
            String atOnce,
            int samples,
            int steps,
            Duel.Turn ours,
            Request request,
            ProductShare.Columns products)
            throws IOException {
        // On a large model warming up and the search would take longer than all else, and the optimizer hardly counts.
        if (steps < LONG) {
            request.options().put("optimizer", "single");
        } else {
            ours.seconds();
            request.options().put("optimizer", fastest(request));
        }
        row(part, atOnce, samples * steps, ours, request, products);
    }

    /** Anything that takes so many samples. */
    void row(String part, String atOnce, int samples, Duel.Turn ours, Request request, ProductShare.Columns products)
            throws IOException {
        Duel duel = Duel.of(settings.rounds(), ours, () -> theirs(request), peer.process());
        out.printf(
                "| %s | %s | %.1f | %.1f | **%.2f** | %s |%s%n",
                part,
                atOnce,
                samples / duel.their(),
                samples / duel.our(),
                duel.ratio(),
                duel.spread(),
                products.of(duel.our()));
    }

    /** What a pipeline says of reviews, all at once; on their side sorted by length and padded to the longest of 32, without a graph. */
    void answers(
            String part,
            PromptPipeline<Review, Sentiment> pipeline,
            List<Review> reviews,
            Request request,
            ProductShare.Columns products)
            throws IOException {
        Classification.requireEqual(
                Classification.probabilities(pipeline, reviews),
                Classification.softmax(Peer.matrix(
                        peer.ask(request.operation(), request.options()).get("scores"))),
                "the probabilities");
        row(
                part,
                "32 sorted by length; ours as they come",
                reviews.size(),
                () -> Duel.time(() -> pipeline.predict(reviews)),
                request,
                products);
    }

    /** By one step each, after one. */
    private String fastest(Request request) throws IOException {
        Map<String, Object> options = new HashMap<>(request.options());
        options.putAll(Map.of("steps", 1, "warmup", 1));
        Request brief = new Request(request.operation(), options);
        String fastest = "";
        double least = Double.POSITIVE_INFINITY;
        for (String optimizer : List.of("fused", "foreach", "single")) {
            options.put("optimizer", optimizer);
            double seconds = theirs(brief);
            fastest = seconds < least ? optimizer : fastest;
            least = Math.min(least, seconds);
        }
        return fastest;
    }

    private double theirs(Request request) throws IOException {
        return TrainingStep.sum(
                Peer.numbers(peer.ask(request.operation(), request.options()).get("seconds")));
    }
}
