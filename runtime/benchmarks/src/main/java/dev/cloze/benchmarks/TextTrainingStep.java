package dev.cloze.benchmarks;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.writing.TargetObjective;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A step of fine-tuning a decoder on pairs: sources and targets of 16 to 64 tokens each. */
final class TextTrainingStep {

    private static final double RATE = 1e-5;
    private static final int WARM_UP = 2;

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;
    private final List<TextRow> rows = rows(128);

    TextTrainingStep(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    void run(Shape shape) throws IOException {
        peer.ask("load-text", Map.of("model", shape.folder().toString(), "threads", settings.threads()));
        out.printf("%n### Training step on pairs, %s (milliseconds, dropout as published)%n%n", shape.name());
        out.println(
                "| batch | their optimizer | transformers | Cloze | times as fast | rounds |" + ProductShare.TITLES);
        out.println("|---:|---|---:|---:|---:|---|" + ProductShare.RULE);
        try (LanguageModel model = LanguageModel.open(shape.folder().toString());
                ProductShare products = new ProductShare(shape.folder(), settings.rounds())) {
            for (int batch : new int[] {8, 16}) {
                row(shape, batch, (TextBackbone) model.backbone(), products);
            }
        }
    }

    private void row(Shape shape, int batch, TextBackbone source, ProductShare products) throws IOException {
        int steps = Math.max(2, shape.steps() * 8 / batch);
        TrainingOptions options =
                TrainingOptions.defaults().withBatchSize(batch).withWeightDecay(0.01);
        try (FullTuning tuning =
                new FullTuning(source, TargetObjective.of(rows, options.compat()), options, backbone -> 0)) {
            Map<String, Object> request = request(batch, steps);
            String fastest = peer.fastestOptimizer("train-text", request);
            request.put("optimizer", fastest);
            ours(tuning, batch, steps);
            Duel duel = Duel.of(
                    settings.rounds(),
                    () -> Arrays.stream(ours(tuning, batch, steps)).sum(),
                    () -> Arrays.stream(theirs(request)).sum(),
                    peer.process());
            out.printf(
                    "| %d | %s | %.1f | %.1f | **%.2f** | %s |%s%n",
                    batch,
                    fastest,
                    duel.their() / steps * 1e3,
                    duel.our() / steps * 1e3,
                    duel.ratio(),
                    duel.spread(),
                    products.training(duel.our(), ProductShare.pairs(rows, batch, steps), false));
        }
    }

    private double[] theirs(Map<String, Object> request) throws IOException {
        return Peer.numbers(peer.ask("train-text", request).get("seconds"));
    }

    private Map<String, Object> request(int batch, int steps) {
        return new HashMap<>(Map.of(
                "sources", rows.stream().map(TextRow::source).toList(),
                "targets", rows.stream().map(TextRow::target).toList(),
                "batch", batch,
                "steps", steps,
                "warmup", WARM_UP,
                "lr", RATE));
    }

    private double[] ours(FullTuning tuning, int batch, int steps) {
        double[] seconds = new double[steps];
        for (int step = 0; step < WARM_UP + steps; step++) {
            int now = step;
            double time = Duel.time(() -> step(tuning, now, batch));
            if (step >= WARM_UP) {
                seconds[step - WARM_UP] = time;
            }
        }
        return seconds;
    }

    /** What {@code TrainingLoop} does in a step. */
    private void step(FullTuning tuning, int step, int batch) {
        int[] members = IntStream.range(step * batch, (step + 1) * batch)
                .map(i -> i % rows.size())
                .toArray();
        tuning.accumulate(members, 1, 1000L * step);
        tuning.update(RATE, Math.min(1, 1 / (tuning.gradientNorm() + 1e-6)));
    }

    private static List<TextRow> rows(int count) {
        Random random = new Random(4);
        List<TextRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new TextRow(tokens(random), tokens(random)));
        }
        return rows;
    }

    private static int[] tokens(Random random) {
        return random.ints(16 + random.nextInt(49), 5, 12_000).toArray();
    }
}
