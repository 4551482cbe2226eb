package dev.cloze.benchmarks;

import com.google.gson.JsonObject;
import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Zero-shot classification: from token ids (the model alone) and from texts (tokenizer and template too). */
final class Classification {

    private static final double TOLERANCE = 1e-4;

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;

    Classification(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    void run(Shape shape) throws IOException {
        peer.load(shape, settings.threads());
        out.printf("%n### Classification, %s shape (texts a second)%n%n", shape.name());
        out.println(
                "| input | batch | transformers | Cloze | times as fast | rounds | in processor time | against sorted batches, head at masks |"
                        + ProductShare.TITLES);
        out.println("|---|---:|---:|---:|---:|---|---:|---:|" + ProductShare.RULE);
        String folder = shape.folder().toString();
        try (LanguageModel model = LanguageModel.open(folder);
                ProductShare products = new ProductShare(shape.folder(), settings.rounds());
                PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Inputs.task(folder))) {
            Inputs inputs = Inputs.of(model, shape.texts(), 1);
            requireEqual(ofIds(model.backbone(), inputs, 64), asked(inputs, false, Map.of()), "the scores");
            requireEqual(
                    probabilities(pipeline, inputs.reviews()),
                    softmax(asked(inputs, true, Map.of())),
                    "the probabilities");
            for (int batch : new int[] {1, 8, 64}) {
                row("ids", shape, batch, inputs, () -> ofIds(model.backbone(), inputs, batch), products);
            }
            for (int batch : new int[] {1, 8, 64}) {
                row("texts", shape, batch, inputs, () -> ofTexts(pipeline, inputs, batch), products);
            }
        }
    }

    private void row(String input, Shape shape, int batch, Inputs inputs, Runnable ours, ProductShare products)
            throws IOException {
        Map<String, Object> plain = request(inputs, input.equals("texts"), batch);
        Map<String, Object> careful = new HashMap<>(plain);
        careful.putAll(Map.of("sort", true, "head", "mask"));
        ours.run();
        theirs(plain);
        Duel duel = Duel.of(settings.rounds(), () -> Duel.time(ours), () -> theirs(plain), peer.process());
        Duel second = Duel.of(settings.rounds(), () -> Duel.time(ours), () -> theirs(careful), peer.process());
        out.printf(
                "| %s | %d | %.1f | %.1f | **%.2f** | %s | %.2f | %.2f |%s%n",
                input,
                batch,
                shape.texts() / duel.their(),
                shape.texts() / duel.our(),
                duel.ratio(),
                duel.spread(),
                duel.processor(),
                second.ratio(),
                products.inferring(duel.our(), ProductShare.batches(inputs.ids(), batch)));
    }

    private double theirs(Map<String, Object> request) throws IOException {
        return Peer.numbers(peer.ask("classify", request).get("seconds"))[0];
    }

    static Map<String, Object> request(Inputs inputs, boolean asTexts, int batch) {
        Map<String, Object> request = new HashMap<>(Map.of("words", inputs.words(), "batch", batch, "warmup", 0));
        request.put(asTexts ? "texts" : "ids", asTexts ? inputs.prompts() : inputs.ids());
        return request;
    }

    private double[][] asked(Inputs inputs, boolean asTexts, Map<String, ?> more) throws IOException {
        Map<String, Object> request = request(inputs, asTexts, 64);
        request.putAll(more);
        JsonObject answer = peer.ask("classify", request);
        return Peer.matrix(answer.get("scores"));
    }

    /** One text alone. */
    static void one(Backbone encoder, Inputs inputs, int text) {
        encoder.scores(inputs.rows().subList(text, text + 1), inputs.wordIds(), false);
    }

    static double[][] ofIds(Backbone encoder, Inputs inputs, int batch) {
        int[] words = inputs.wordIds();
        List<double[]> scores = new ArrayList<>();
        for (int from = 0; from < inputs.rows().size(); from += batch) {
            int to = Math.min(inputs.rows().size(), from + batch);
            for (float[][] row : encoder.scores(inputs.rows().subList(from, to), words, false)) {
                scores.add(inputs.labelScores(row[0]));
            }
        }
        return scores.toArray(double[][]::new);
    }

    private static void ofTexts(PromptPipeline<Review, Sentiment> pipeline, Inputs inputs, int batch) {
        List<Review> reviews = inputs.reviews();
        for (int from = 0; from < reviews.size(); from += batch) {
            pipeline.predict(reviews.subList(from, Math.min(reviews.size(), from + batch)));
        }
    }

    static double[][] probabilities(PromptPipeline<Review, Sentiment> pipeline, List<Review> reviews) {
        return pipeline.predict(reviews).stream()
                .map(Prediction::probabilities)
                .map(byLabel -> byLabel.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .toArray(double[][]::new);
    }

    static double[][] softmax(double[][] scores) {
        double[][] probabilities = new double[scores.length][];
        for (int i = 0; i < scores.length; i++) {
            double first = 1 / (1 + Math.exp(scores[i][1] - scores[i][0]));
            probabilities[i] = new double[] {first, 1 - first};
        }
        return probabilities;
    }

    static void requireEqual(double[][] ours, double[][] theirs, String what) {
        for (int i = 0; i < theirs.length; i++) {
            for (int j = 0; j < theirs[i].length; j++) {
                if (!(Math.abs(ours[i][j] - theirs[i][j]) <= TOLERANCE)) {
                    throw new IllegalStateException(
                            "The two differ in %s of input %d: %s and %s".formatted(what, i, ours[i][j], theirs[i][j]));
                }
            }
        }
    }
}
