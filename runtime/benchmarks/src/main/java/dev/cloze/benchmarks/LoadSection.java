package dev.cloze.benchmarks;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.engine.WaitingThreads;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.loop.FullTuning;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A machine that does other work too: single predictions, batches and training steps beside processes that keep a core busy
 * each, and predictions that several threads ask for at once.
 */
final class LoadSection {

    private static final int[] NEIGHBOURS = {0, 2, 4};
    private static final int[] CALLERS = {1, 2, 8, 16};
    private static final int STEPS = 10;
    private static final int BATCH = 8;

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;
    private final Map<String, Double> idle = new LinkedHashMap<>();

    LoadSection(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    void run(Shape shape) throws IOException {
        peer.load(shape, settings.threads());
        try (LanguageModel model = LanguageModel.open(shape.folder().toString())) {
            Inputs inputs = Inputs.of(model, Math.min(shape.texts(), 128), 1);
            neighbours(shape, model.backbone(), inputs);
            callers(shape, model.backbone(), inputs);
        }
        BatchCallers.run(settings, shape, out);
    }

    private void neighbours(Shape shape, Backbone backbone, Inputs inputs) throws IOException {
        out.printf(
                "%n### Beside busy processes, %s shape (a second; our threads that wait %s)%n%n",
                shape.name(), WaitingThreads.described());
        out.println(
                "| busy processes | what | transformers | Cloze | times as fast | rounds | Cloze's time against a fair share |"
                        + ProductShare.TITLES);
        out.println("|---:|---|---:|---:|---:|---|---:|" + ProductShare.RULE);
        int texts = inputs.rows().size();
        try (FullTuning tuning = TrainingStep.tuningOf(backbone, inputs);
                ProductShare products = new ProductShare(shape.folder(), settings.rounds())) {
            for (int busy : NEIGHBOURS) {
                try (Neighbours neighbours = Neighbours.of(busy)) {
                    row(
                            busy,
                            "single texts",
                            texts,
                            () -> Classification.ofIds(backbone, inputs, 1),
                            classify(inputs, 1),
                            seconds -> products.inferring(seconds, ProductShare.batches(inputs.ids(), 1)));
                    row(
                            busy,
                            "batches of 64",
                            texts,
                            () -> Classification.ofIds(backbone, inputs, 64),
                            classify(inputs, 64),
                            seconds -> products.inferring(seconds, ProductShare.batches(inputs.ids(), 64)));
                    row(
                            busy,
                            "training steps of 8",
                            STEPS,
                            () -> train(tuning, texts),
                            trained(inputs),
                            seconds ->
                                    products.training(seconds, ProductShare.steps(inputs.ids(), BATCH, STEPS), false));
                }
            }
        }
    }

    private void row(int busy, String what, int count, Runnable ours, Duel.Turn theirs, ProductShare.Columns products)
            throws IOException {
        ours.run();
        theirs.seconds();
        Duel duel = Duel.of(settings.rounds(), () -> Duel.time(ours), theirs, peer.process());
        double alone = idle.computeIfAbsent(what, key -> duel.our());
        int cores = Runtime.getRuntime().availableProcessors();
        out.printf(
                Locale.ROOT,
                "| %d | %s | %.1f | %.1f | **%.2f** | %s | %.2f |%s%n",
                busy,
                what,
                count / duel.their(),
                count / duel.our(),
                duel.ratio(),
                duel.spread(),
                duel.our() / (alone * (cores + busy) / cores),
                busy == 0 ? products.of(duel.our()) : ProductShare.NONE);
    }

    private static void train(FullTuning tuning, int examples) {
        for (int step = 0; step < STEPS; step++) {
            TrainingStep.step(tuning, step, BATCH, 1e-5, examples);
        }
    }

    private Duel.Turn classify(Inputs inputs, int batch) {
        Map<String, Object> request = Classification.request(inputs, false, batch);
        return () -> Peer.numbers(peer.ask("classify", request).get("seconds"))[0];
    }

    private Duel.Turn trained(Inputs inputs) throws IOException {
        Map<String, Object> request = TrainingStep.request(inputs, BATCH, STEPS);
        request.put("optimizer", peer.fastestOptimizer("train", request));
        return () -> TrainingStep.sum(Peer.numbers(peer.ask("train", request).get("seconds")));
    }

    private void callers(Shape shape, Backbone backbone, Inputs inputs) throws IOException {
        out.printf(
                "%n### Threads that ask at once for single texts, %s shape (texts a second; milliseconds)%n%n",
                shape.name());
        out.println("| callers | transformers | p50 | p99 | Cloze | p50 | p99 | times as many | rounds |");
        out.println("|---:|---:|---:|---:|---:|---:|---:|---:|---|");
        for (int count : CALLERS) {
            try (Callers ours =
                    new Callers(count, inputs.rows().size(), i -> Classification.one(backbone, inputs, i))) {
                callers(ours, count, inputs);
            }
        }
    }

    private void callers(Callers ours, int count, Inputs inputs) throws IOException {
        Map<String, Object> request = new HashMap<>(Classification.request(inputs, false, 1));
        request.remove("warmup");
        request.put("callers", count);
        double[][] theirs = new double[1][];
        ours.seconds();
        Duel duel = Duel.of(
                settings.rounds(),
                ours::seconds,
                () -> {
                    theirs[0] = Peer.numbers(peer.ask("callers", request).get("seconds"));
                    return theirs[0][0];
                },
                peer.process());
        out.printf(
                Locale.ROOT,
                "| %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | **%.2f** | %s |%n",
                count,
                inputs.rows().size() / duel.their(),
                1e3 * theirs[0][1],
                1e3 * theirs[0][2],
                inputs.rows().size() / duel.our(),
                1e3 * ours.percentile(50),
                1e3 * ours.percentile(99),
                duel.ratio(),
                duel.spread());
    }
}
