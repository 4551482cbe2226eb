package dev.cloze.benchmarks;

import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Training steps of methods that train virtual tokens, against PEFT with a loop of torch around it ({@code peer_soft.py}). That
 * both compute the same, tests of the runtime show. Each of ours is a whole training as a user starts it, timed from step to step.
 */
final class SoftSteps {

    private static final int BATCH = 8;
    private static final int WARM_UP = 2;
    private static final int TEXTS = 128;

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;

    SoftSteps(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    /** Of a masked LM on labelled texts of 16 to 128 tokens. */
    void masked(Shape shape) throws IOException {
        peer.load(shape, settings.threads());
        String folder = shape.folder().toString();
        Inputs inputs;
        try (LanguageModel model = LanguageModel.open(folder)) {
            inputs = Inputs.of(model, TEXTS, 3);
        }
        heading(shape);
        try (ProductShare products = new ProductShare(shape.folder(), settings.rounds())) {
            for (SoftMethod method : SoftMethod.of(settings, folder)) {
                Map<String, Object> request = request(method, shape.steps());
                request.put("ids", inputs.ids());
                request.put("words", inputs.words());
                request.put("labels", IntStream.range(0, TEXTS).map(i -> i % 2).toArray());
                row(
                        method,
                        "train-soft",
                        request,
                        shape.steps(),
                        () -> masked(inputs, method, shape.steps()),
                        seconds -> products.training(
                                seconds,
                                method.behind(ProductShare.steps(inputs.ids(), BATCH, shape.steps()), BATCH),
                                true));
            }
        }
    }

    private static double masked(Inputs inputs, SoftMethod method, int steps) {
        List<Labeled<Review, Sentiment>> examples = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            examples.add(new Labeled<>(inputs.reviews().get(i), Sentiment.values()[i % 2]));
        }
        StepClock clock = new StepClock();
        PromptTrainer.of(Inputs.task(method.tuning().backbone()).withTuning(method.tuning()))
                .options(options -> options.withBatchSize(BATCH).withMaxSteps(WARM_UP + steps))
                .quiet()
                .listener(clock)
                .fit(examples)
                .close();
        return clock.secondsAfter(WARM_UP);
    }

    /** Of a causal LM on pairs of a source and a target. */
    void pairs(Shape shape) throws IOException {
        peer.ask("load-text", Map.of("model", shape.folder().toString(), "threads", settings.threads()));
        String folder = shape.folder().toString();
        SoftPairs pairs;
        try (LanguageModel model = LanguageModel.open(folder)) {
            pairs = SoftPairs.of(model, TEXTS);
        }
        heading(shape);
        try (ProductShare products = new ProductShare(shape.folder(), settings.rounds())) {
            for (SoftMethod method : SoftMethod.of(settings, folder)) {
                Map<String, Object> request = request(method, shape.steps());
                request.put(
                        "sources", pairs.rows().stream().map(TextRow::source).toList());
                request.put(
                        "targets", pairs.rows().stream().map(TextRow::target).toList());
                row(
                        method,
                        "train-soft-text",
                        request,
                        shape.steps(),
                        () -> pairs.train(method.tuning(), BATCH, WARM_UP, shape.steps()),
                        seconds -> products.training(
                                seconds,
                                method.behind(ProductShare.pairs(pairs.rows(), BATCH, shape.steps()), BATCH),
                                true));
            }
        }
    }

    private void heading(Shape shape) {
        out.printf("%n### A training step of eight examples, model frozen, %s (milliseconds)%n%n", shape.name());
        out.println("| method | their optimizer | PEFT | Cloze | times as fast | rounds |" + ProductShare.TITLES);
        out.println("|---|---|---:|---:|---:|---|" + ProductShare.RULE);
    }

    private void row(
            SoftMethod method,
            String operation,
            Map<String, Object> request,
            int steps,
            Duel.Turn ours,
            ProductShare.Columns products)
            throws IOException {
        String fastest = peer.fastestOptimizer(operation, request);
        request.put("optimizer", fastest);
        ours.seconds();
        Duel duel = Duel.of(settings.rounds(), ours, () -> theirs(operation, request), peer.process());
        out.printf(
                "| %s | %s | %.1f | %.1f | **%.2f** | %s |%s%n",
                method.title(),
                fastest,
                duel.their() / steps * 1e3,
                duel.our() / steps * 1e3,
                duel.ratio(),
                duel.spread(),
                products.of(duel.our()));
    }

    private double theirs(String operation, Map<String, Object> request) throws IOException {
        return Arrays.stream(Peer.numbers(peer.ask(operation, request).get("seconds")))
                .sum();
    }

    private static Map<String, Object> request(SoftMethod method, int steps) {
        return new HashMap<>(Map.of(
                "method", method.peer(),
                "tokens", SoftMethod.LENGTH,
                "batch", BATCH,
                "steps", steps,
                "warmup", WARM_UP));
    }
}
