package dev.cloze.benchmarks;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.benchmarks.LoopTable.Request;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * LM-BFF against its loop restated in Python ({@code peer_lm_bff.py}): training with an answered example of each label behind
 * every text, drawn anew in each step, and answers that are averaged over several sets of them. Both read the same rows.
 */
final class LmBffLoops {

    private static final int EXAMPLES = 32;
    private static final int BATCH = 8;
    private static final int WARM_UP = 1;
    private static final int COMPARED = 4;
    private static final int SETS = LmBffOptions.SETS.usual().orElseThrow();
    private static final long SEED = 13;
    private static final double RATE = 1e-5;

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;

    LmBffLoops(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    void run(Shape shape) throws IOException {
        peer.load(shape, settings.threads());
        int steps = Math.max(2, shape.steps() / 2);
        ClassificationTask<Review, Sentiment> task = task(shape);
        Inputs examples;
        Inputs asked;
        ShownExamples shown;
        try (LanguageModel model = LanguageModel.open(shape.folder().toString())) {
            examples = Inputs.of(model, EXAMPLES, 5);
            asked = Inputs.of(model, Math.max(1, shape.texts() / SETS), 6);
            shown = ShownExamples.of(task, examples, model);
        }
        compareLosses(shape.withoutDropout(settings), examples, shown);
        LoopTable table = new LoopTable(settings, peer, out);
        table.begin("LM-BFF", shape);
        try (ProductShare products = new ProductShare(shape.folder(), settings.rounds())) {
            answers(table, task, examples, asked, shown, products);
            table.training(
                    "training, two examples behind each text",
                    Integer.toString(BATCH),
                    BATCH,
                    steps,
                    () -> {
                        StepClock clock = new StepClock();
                        train(task, examples, WARM_UP + steps, RATE, clock).close();
                        return clock.secondsAfter(WARM_UP);
                    },
                    training(examples, shown, WARM_UP, steps),
                    seconds -> products.training(seconds, ProductShare.steps(shown.whole(), BATCH, steps), false));
        }
    }

    private static ClassificationTask<Review, Sentiment> task(Shape shape) {
        String folder = shape.folder().toString();
        return Inputs.task(folder).withTuning(TaskTuning.of(TuningMethod.LM_BFF, folder));
    }

    private static PromptPipeline<Review, Sentiment> train(
            ClassificationTask<Review, Sentiment> task,
            Inputs examples,
            int steps,
            double rate,
            TrainingListener listener) {
        return PromptTrainer.of(task)
                .quiet()
                .listener(listener)
                .options(options -> options.withSeed(SEED)
                        .withBatchSize(BATCH)
                        .withMaxSteps(steps)
                        .withLearningRate(rate))
                .fit(examples.labeled());
    }

    private static Request training(Inputs examples, ShownExamples shown, int warmUp, int steps) {
        return new Request(
                "train-demonstrated",
                new HashMap<>(Map.of(
                        "ids", shown.inputs(),
                        "shown", shown.answered(),
                        "labels", examples.labels(),
                        "words", examples.words(),
                        "drawn", shown.drawn(warmUp + steps, BATCH, SEED),
                        "steps", steps,
                        "warmup", warmUp,
                        "lr", RATE)));
    }

    private void compareLosses(Shape plain, Inputs examples, ShownExamples shown) throws IOException {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        train(task(plain), examples, COMPARED, RATE, listener).close();
        Request request = training(examples, shown, 0, COMPARED);
        request.options().put("dropout", false);
        double[] ours = losses.stream().mapToDouble(Double::doubleValue).toArray();
        double[] theirs =
                Peer.numbers(peer.ask(request.operation(), request.options()).get("losses"));
        Classification.requireEqual(new double[][] {ours}, new double[][] {theirs}, "the losses");
    }

    /** After a step too small to change a probability, as a model without one has no demonstrations. */
    private void answers(
            LoopTable table,
            ClassificationTask<Review, Sentiment> task,
            Inputs examples,
            Inputs asked,
            ShownExamples shown,
            ProductShare products)
            throws IOException {
        Request request = new Request(
                "classify-demonstrated",
                Map.of(
                        "texts", asked.texts(),
                        "rest", " It was [MASK].",
                        "limit", shown.limit(),
                        "sets", shown.sets(SETS, SEED),
                        "words", asked.words(),
                        "batch", 32));
        try (PromptPipeline<Review, Sentiment> pipeline = train(task, examples, 1, 1e-12, new StepClock())) {
            table.answers(
                    "answers, from texts, " + SETS + " sets each",
                    pipeline,
                    asked.reviews(),
                    request,
                    seconds -> products.inferring(
                            seconds, ProductShare.batches(shown.behind(asked.ids(), SETS, SEED), 32)));
        }
    }
}
