package dev.cloze.benchmarks;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.mask.LabelObjective;
import dev.cloze.runtime.tuning.mask.LabelProjection;
import dev.cloze.runtime.tuning.mask.TrainingExamples;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A step of prompt-based fine-tuning: forward, backward, clipping and AdamW, on batches of mixed lengths. */
final class TrainingStep {

    private static final double RATE = 1e-5;
    private static final int WARM_UP = 2;

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;

    TrainingStep(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    void run(Shape shape) throws IOException {
        peer.load(shape, settings.threads());
        out.printf("%n### Training step, %s shape (milliseconds, dropout on)%n%n", shape.name());
        out.println(
                "| batch | their optimizer | transformers | Cloze | times as fast | rounds | against the head at masks |"
                        + Halved.TITLES + ProductShare.TITLES);
        out.println("|---:|---|---:|---:|---:|---|---:|" + Halved.RULE + ProductShare.RULE);
        String folder = shape.folder().toString();
        try (LanguageModel model = LanguageModel.open(folder);
                ProductShare products = new ProductShare(shape.folder(), settings.rounds());
                LanguageModel half = Halved.open(folder).orElse(null)) {
            Inputs inputs = Inputs.of(model, 128, 2);
            compareLosses(shape, inputs);
            for (int batch : new int[] {8, 16, 32}) {
                row(shape, batch, inputs, model.backbone(), half == null ? null : half.backbone(), products);
            }
        }
    }

    private void row(
            Shape shape, int batch, Inputs inputs, Backbone source, @Nullable Backbone half, ProductShare products)
            throws IOException {
        int steps = Math.max(2, shape.steps() * 8 / batch);
        try (FullTuning tuning = tuning(source, inputs, batch)) {
            String fastest = peer.fastestOptimizer("train", request(inputs, batch, steps));
            Map<String, Object> request = request(inputs, batch, steps);
            request.put("optimizer", fastest);
            ours(tuning, batch, steps, inputs.rows().size());
            Duel duel = Duel.of(
                    settings.rounds(),
                    () -> sum(ours(tuning, batch, steps, inputs.rows().size())),
                    () -> sum(theirs(request)),
                    peer.process());
            Map<String, Object> careful = new HashMap<>(request);
            careful.put("head", "mask");
            Duel second = Duel.of(
                    settings.rounds(),
                    () -> sum(ours(tuning, batch, steps, inputs.rows().size())),
                    () -> sum(theirs(careful)),
                    peer.process());
            out.printf(
                    "| %d | %s | %.1f | %.1f | **%.2f** | %s | %.2f |%s%s%n",
                    batch,
                    fastest,
                    duel.their() / steps * 1e3,
                    duel.our() / steps * 1e3,
                    duel.ratio(),
                    duel.spread(),
                    second.ratio(),
                    half == null ? Halved.NONE : halved(batch, steps, inputs, tuning, half),
                    products.training(duel.our(), ProductShare.steps(inputs.ids(), batch, steps), false));
        }
    }

    private String halved(int batch, int steps, Inputs inputs, FullTuning full, Backbone source) throws IOException {
        int examples = inputs.rows().size();
        try (FullTuning half = tuning(source, inputs, batch)) {
            return Halved.columns(
                    settings.rounds(),
                    () -> sum(ours(half, batch, steps, examples)),
                    () -> sum(ours(full, batch, steps, examples)),
                    seconds -> seconds / steps * 1e3);
        }
    }

    private double[] theirs(Map<String, Object> request) throws IOException {
        return Peer.numbers(peer.ask("train", request).get("seconds"));
    }

    static Map<String, Object> request(Inputs inputs, int batch, int steps) {
        return new HashMap<>(Map.of(
                "ids", inputs.ids(),
                "labels", inputs.labels(),
                "words", inputs.words(),
                "batch", batch,
                "steps", steps,
                "warmup", WARM_UP,
                "lr", RATE));
    }

    private static FullTuning tuning(Backbone source, Inputs inputs, int batch) {
        int[] words = inputs.wordIds();
        float[][] means = new float[words.length][inputs.words().size()];
        int row = 0;
        for (int label = 0; label < inputs.words().size(); label++) {
            for (int w = 0; w < inputs.words().get(label).size(); w++) {
                means[row++][label] = 1f / inputs.words().get(label).size();
            }
        }
        return new FullTuning(
                source,
                LabelObjective.atMasks(
                        List.of(new LabelProjection(1, words, means, false)),
                        new TrainingExamples(List.of(inputs.rows()), inputs.labels())),
                TrainingOptions.defaults().withBatchSize(batch).withWeightDecay(0.01),
                encoder -> 0);
    }

    private static double[] ours(FullTuning tuning, int batch, int steps, int examples) {
        double[] seconds = new double[steps];
        for (int step = 0; step < WARM_UP + steps; step++) {
            int now = step;
            double time = Duel.time(() -> step(tuning, now, batch, RATE, examples));
            if (step >= WARM_UP) {
                seconds[step - WARM_UP] = time;
            }
        }
        return seconds;
    }

    /** What {@code TrainingLoop} does in a step, with the learning rate given. */
    static double step(FullTuning tuning, int step, int batch, double rate, int examples) {
        int[] members = IntStream.range(step * batch, (step + 1) * batch)
                .map(i -> i % examples)
                .toArray();
        double loss = tuning.accumulate(members, 1, 1000L * step);
        tuning.update(rate, Math.min(1, 1 / (tuning.gradientNorm() + 1e-6)));
        return loss;
    }

    private void compareLosses(Shape shape, Inputs inputs) throws IOException {
        int steps = 4;
        Map<String, Object> request = request(inputs, 8, steps);
        request.putAll(Map.of("warmup", 0, "dropout", false));
        double[] theirs = Peer.numbers(peer.ask("train", request).get("losses"));
        double[] ours = new double[steps];
        String plain = shape.withoutDropout(settings).folder().toString();
        try (LanguageModel model = LanguageModel.open(plain);
                FullTuning tuning = tuning(model.backbone(), inputs, 8)) {
            for (int step = 0; step < steps; step++) {
                double rate = RATE * (steps - step) / steps;
                ours[step] = step(tuning, step, 8, rate, inputs.rows().size());
            }
        }
        Classification.requireEqual(
                new double[][] {ours}, new double[][] {theirs}, "the losses " + Arrays.toString(theirs));
    }

    static double sum(double[] seconds) {
        return Arrays.stream(seconds).sum();
    }

    /** A tuning of the quick model over these inputs, for other measurements. */
    static FullTuning tuningOf(Backbone source, Inputs inputs) {
        return tuning(source, inputs, 8);
    }
}
