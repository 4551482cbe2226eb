package dev.cloze.benchmarks;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * PET against its loops restated in Python ({@code peer_pet.py}): a pattern's model with and without the masked-LM loss, what it
 * says of unlabelled texts, and the classifier. That both compute the same, a test of the runtime shows ({@code pet.py}).
 */
final class PetLoops {

    private static final double RATE = 1e-5;
    private static final double AUXILIARY = 1e-4;
    private static final int WARM_UP = 1;
    private static final int LONG = 4;
    private static final int BATCH = 16;
    private static final int TEXTS = 128;

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;

    PetLoops(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    void run(Shape shape) throws IOException {
        peer.load(shape, settings.threads());
        String folder = shape.folder().toString();
        ClassificationTask<Review, Sentiment> task = Inputs.task(folder);
        out.printf("%n### PET, %s shape (samples a second, dropout on)%n%n", shape.name());
        out.println("| part | samples at once | restated loop | Cloze | times as fast | rounds |");
        out.println("|---|---|---:|---:|---:|---|");
        Inputs labeled;
        Inputs unlabeled;
        try (LanguageModel model = LanguageModel.open(folder)) {
            labeled = Inputs.of(model, TEXTS, 3);
            unlabeled = Inputs.of(model, TEXTS, 4);
        }
        Trainings trainings = new Trainings(
                task.withTuning(TaskTuning.of(TuningMethod.PET, folder)),
                labeled,
                unlabeled,
                Math.max(2, shape.steps() / 2));
        row("a pattern's model", "16", BATCH, trainings.steps, trainings::plain, plain(labeled, trainings.steps));
        row(
                "the same with the masked-LM loss",
                "4 times 1 and 3 unlabelled",
                BATCH,
                trainings.steps,
                trainings::auxiliary,
                auxiliary(labeled, unlabeled, trainings.steps));
        row(
                "the classifier",
                "16",
                BATCH,
                trainings.steps,
                trainings::classifier,
                classifier(unlabeled, trainings.steps));
        labelling(task, unlabeled, shape.texts());
    }

    /** Their operation and its options. */
    private record Request(String operation, Map<String, Object> options) {}

    private void row(String part, String atOnce, int samples, int steps, Duel.Turn ours, Request request)
            throws IOException {
        // On a large model the search would take longer than all else, and the optimizer hardly counts.
        request.options().put("optimizer", steps < LONG ? "single" : fastest(request));
        Duel duel = Duel.of(settings.rounds(), ours, () -> theirs(request), peer.process());
        print(part, atOnce, (double) samples * steps, duel);
    }

    private void print(String part, String atOnce, double samples, Duel duel) {
        out.printf(
                "| %s | %s | %.1f | %.1f | **%.2f** | %s |%n",
                part, atOnce, samples / duel.their(), samples / duel.our(), duel.ratio(), duel.spread());
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
        double sum = 0;
        for (double seconds :
                Peer.numbers(peer.ask(request.operation(), request.options()).get("seconds"))) {
            sum += seconds;
        }
        return sum;
    }

    private static Request plain(Inputs labeled, int steps) {
        return new Request(
                "train-pattern",
                new HashMap<>(Map.of(
                        "ids", labeled.ids(),
                        "labels", IntStream.range(0, TEXTS).map(i -> i % 2).toArray(),
                        "words", labeled.words(),
                        "batch", BATCH,
                        "steps", steps,
                        "warmup", WARM_UP,
                        "lr", RATE)));
    }

    private static Request auxiliary(Inputs labeled, Inputs unlabeled, int steps) {
        Request request = plain(labeled, steps);
        request.options()
                .putAll(Map.of(
                        "batch",
                        BATCH / 4,
                        "accumulation",
                        BATCH / 4,
                        "unlabeled",
                        unlabeled.ids(),
                        "auxiliary",
                        AUXILIARY));
        return request;
    }

    private static Request classifier(Inputs unlabeled, int steps) {
        double[][] soft = IntStream.range(0, TEXTS)
                .mapToObj(i -> new double[] {i % 2, 1 - i % 2})
                .toArray(double[][]::new);
        return new Request(
                "distil",
                new HashMap<>(Map.of(
                        "ids",
                        unlabeled.ids(),
                        "soft",
                        soft,
                        "batch",
                        BATCH,
                        "steps",
                        steps,
                        "warmup",
                        WARM_UP,
                        "lr",
                        RATE)));
    }

    /** All texts at once on our side; sorted by length and padded to the longest of 32 on theirs, without a graph. */
    private void labelling(ClassificationTask<Review, Sentiment> task, Inputs unlabeled, int most) throws IOException {
        List<Review> reviews = unlabeled.reviews().subList(0, Math.min(TEXTS, most));
        Map<String, Object> request = Map.of(
                "words",
                unlabeled.words(),
                "batch",
                32,
                "warmup",
                0,
                "sort",
                true,
                "texts",
                unlabeled.prompts().subList(0, reviews.size()));
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(task)) {
            List<Prediction<Sentiment>> predictions = pipeline.predict(reviews);
            double[][] theirs = Peer.matrix(peer.ask("classify", request).get("scores"));
            for (int i = 0; i < reviews.size(); i++) {
                double positive = predictions.get(i).probabilities().getOrDefault(Sentiment.POSITIVE, -1.0);
                double expected = 1 / (1 + Math.exp(theirs[i][1] - theirs[i][0]));
                Classification.requireEqual(
                        new double[][] {{positive}},
                        new double[][] {{expected}},
                        "the probability of text " + i + ", as one");
            }
            Duel duel = Duel.of(
                    settings.rounds(),
                    () -> Duel.time(() -> pipeline.predict(reviews)),
                    () -> Peer.numbers(peer.ask("classify", request).get("seconds"))[0],
                    peer.process());
            print("labelling, from texts", "32 sorted by length; ours as they come", reviews.size(), duel);
        }
    }

    /** Our trainings, as a user starts them: the seconds of the steps after the warm-up, from one to the next. */
    private record Trainings(ClassificationTask<Review, Sentiment> task, Inputs labeled, Inputs unlabeled, int steps) {

        double plain() {
            return seconds(0, options -> options.withBatchSize(BATCH).withMaxSteps(WARM_UP + steps));
        }

        double auxiliary() {
            return seconds(0, options -> options.withBatchSize(BATCH / 4)
                    .withAccumulation(BATCH / 4)
                    .withMaxSteps(WARM_UP + steps)
                    .with(PetOptions.AUXILIARY_WEIGHT, AUXILIARY));
        }

        double classifier() {
            return seconds(1, options -> options.withBatchSize(BATCH)
                    .withMaxSteps(1)
                    .with(PetOptions.DISTILLATION_STEPS, WARM_UP + steps));
        }

        private double seconds(int first, UnaryOperator<TrainingOptions> change) {
            List<Long> ends = new ArrayList<>();
            TrainingListener clock = new TrainingListener() {
                @Override
                public void onStep(StepEnded step) {
                    ends.add(System.nanoTime());
                }
            };
            List<Labeled<Review, Sentiment>> examples = IntStream.range(0, TEXTS)
                    .mapToObj(i -> new Labeled<>(labeled.reviews().get(i), Sentiment.values()[i % 2]))
                    .toList();
            PromptTrainer.of(task)
                    .quiet()
                    .listener(clock)
                    .options(options -> change.apply(options.withLearningRate(RATE)
                            .with(PetOptions.REPETITIONS, 1)
                            .with(PetOptions.DISTILLATION_STEPS, 1)
                            .with(PetOptions.DISTILLATION_BATCH_SIZE, BATCH)))
                    .fit(examples, List.of(), unlabeled.reviews())
                    .close();
            int start = first + WARM_UP - 1;
            return (ends.get(start + steps) - ends.get(start)) / 1e9;
        }
    }
}
