package dev.cloze.benchmarks;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.benchmarks.LoopTable.Request;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** SetFit's training by pairs, as a user starts it, against its loop restated in Python ({@code peer_setfit.py}). */
final class SetFitLoops {

    private static final int TEXTS = 128;
    private static final int PAIRS = 16;
    private static final int WARM_UP = 1;
    private static final double RATE = 1e-5;

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;

    SetFitLoops(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    void run(Shape shape) throws IOException {
        peer.load(shape, settings.threads());
        String folder = shape.folder().toString();
        Inputs inputs;
        try (LanguageModel model = LanguageModel.open(folder)) {
            inputs = Inputs.of(model, TEXTS, 3);
        }
        int steps = Math.max(2, shape.steps() / 2);
        ClassificationTask<Review, Sentiment> task =
                Inputs.task(folder).withTuning(TaskTuning.of(TuningMethod.SETFIT, folder));
        Map<String, Object> options = new HashMap<>(Map.of(
                "texts",
                inputs.texts(),
                "labels",
                inputs.labels(),
                "batch",
                PAIRS,
                "steps",
                steps,
                "warmup",
                WARM_UP,
                "lr",
                RATE));
        LoopTable table = new LoopTable(settings, peer, out);
        table.begin("SetFit", shape);
        try (ProductShare products = new ProductShare(shape.folder(), settings.rounds())) {
            table.training(
                    "pairs, mean squared error of the cosine",
                    PAIRS + " pairs",
                    PAIRS,
                    steps,
                    () -> seconds(task, inputs, steps),
                    new Request("train-pairs", options),
                    seconds -> products.training(
                            seconds,
                            ProductShare.everywhere(ProductShare.steps(inputs.ids(), 2 * PAIRS, steps)),
                            false));
        }
    }

    /** From one step to the next; the regression behind them is not counted. */
    private static double seconds(ClassificationTask<Review, Sentiment> task, Inputs inputs, int steps) {
        StepClock clock = new StepClock();
        PromptTrainer.of(task)
                .quiet()
                .listener(clock)
                .options(options -> options.withLearningRate(RATE)
                        .withBatchSize(PAIRS)
                        .withMaxSteps(WARM_UP + steps)
                        .withEvaluateEvery(0))
                .fit(inputs.labeled())
                .close();
        return clock.seconds(WARM_UP, steps);
    }
}
