package dev.cloze.benchmarks;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.benchmarks.LoopTable.Request;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * PET against its loops restated in Python ({@code peer_pet.py}): a pattern's model with and without the masked-LM loss, what it
 * says of unlabelled texts, and the classifier. That both learn the same, a test of the runtime shows ({@code pet.py}).
 */
final class PetLoops {

    private static final int TEXTS = 128;
    private static final int BATCH = PetTrainings.BATCH;

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
        Inputs labeled;
        Inputs unlabeled;
        try (LanguageModel model = LanguageModel.open(folder)) {
            labeled = Inputs.of(model, TEXTS, 3);
            unlabeled = Inputs.of(model, TEXTS, 4);
        }
        LoopTable table = new LoopTable(settings, peer, out);
        table.begin("PET", shape);
        try (ProductShare products = new ProductShare(shape.folder(), settings.rounds())) {
            labelling(table, task, unlabeled, shape.texts(), products);
            int steps = Math.max(2, shape.steps() / 2);
            PetTrainings ours = new PetTrainings(
                    task.withTuning(TaskTuning.of(TuningMethod.PET, folder)), labeled, unlabeled, steps);
            table.training(
                    "a pattern's model",
                    "16",
                    BATCH,
                    steps,
                    ours::plain,
                    plain(labeled, steps),
                    seconds -> products.training(seconds, ProductShare.steps(labeled.ids(), BATCH, steps), false));
            table.training(
                    "the same with the masked-LM loss",
                    "4 times 1 and 3 unlabelled",
                    BATCH,
                    steps,
                    ours::auxiliary,
                    auxiliary(labeled, unlabeled, steps),
                    seconds -> products.training(seconds, fours(labeled, unlabeled, steps), false));
            table.training(
                    "the classifier",
                    "16",
                    BATCH,
                    steps,
                    ours::classifier,
                    classifier(unlabeled, steps),
                    seconds ->
                            products.training(seconds, ProductShare.steps(unlabeled.bareIds(), BATCH, steps), false));
        }
    }

    /** Four of one labelled text and three others a step; the masked-LM loss's vocabulary is left out. */
    private static List<ProductsAlone.Call> fours(Inputs labeled, Inputs unlabeled, int steps) {
        List<int[]> texts = Stream.concat(
                        labeled.ids().stream(),
                        Stream.generate(unlabeled.ids()::stream).limit(3).flatMap(Function.identity()))
                .toList();
        return ProductShare.steps(texts, 4, steps * BATCH / 4);
    }

    private static Request training(String operation, List<int[]> ids, int steps, Map<String, Object> targets) {
        Map<String, Object> options = new HashMap<>(targets);
        options.putAll(Map.of(
                "ids", ids, "batch", BATCH, "steps", steps, "warmup", PetTrainings.WARM_UP, "lr", PetTrainings.RATE));
        return new Request(operation, options);
    }

    private static Request plain(Inputs labeled, int steps) {
        return training(
                "train-pattern", labeled.ids(), steps, Map.of("labels", labeled.labels(), "words", labeled.words()));
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
                        PetTrainings.AUXILIARY));
        return request;
    }

    private static Request classifier(Inputs unlabeled, int steps) {
        double[][] soft = IntStream.range(0, TEXTS)
                .mapToObj(i -> new double[] {i % 2, 1 - i % 2})
                .toArray(double[][]::new);
        return training("distil", unlabeled.bareIds(), steps, Map.of("soft", soft));
    }

    private void labelling(
            LoopTable table,
            ClassificationTask<Review, Sentiment> task,
            Inputs unlabeled,
            int most,
            ProductShare products)
            throws IOException {
        List<Review> reviews = unlabeled.reviews().subList(0, Math.min(TEXTS, most));
        Request request = new Request(
                "classify",
                Map.of(
                        "words",
                        unlabeled.words(),
                        "batch",
                        32,
                        "warmup",
                        0,
                        "sort",
                        true,
                        "texts",
                        unlabeled.prompts().subList(0, reviews.size())));
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(task)) {
            table.answers(
                    "labelling, from texts",
                    pipeline,
                    reviews,
                    request,
                    seconds -> products.inferring(
                            seconds, ProductShare.batches(unlabeled.ids().subList(0, reviews.size()), reviews.size())));
        }
    }
}
