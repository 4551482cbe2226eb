package dev.cloze.benchmarks;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.mask.LabelObjective;
import dev.cloze.runtime.tuning.mask.LabelProjection;
import dev.cloze.runtime.tuning.mask.TrainingExamples;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prints what one more call of the encoder costs, in tokens: the constant of {@code LengthBuckets}.
 *
 * <p>The same tokens are computed as one group of rows and as two; what the second way takes longer is the cost of a
 * call. Processor time of the calling thread, so run it with {@code OMP_NUM_THREADS=1}.
 */
public final class CallCost {

    private static final int LENGTH = 64;

    private CallCost() {}

    /** {@code CallCost MODEL REPEATS} */
    public static void main(String[] arguments) {
        int repeats = Integer.parseInt(arguments[1]);
        try (LanguageModel model = LanguageModel.open(arguments[0])) {
            System.out.println(
                    "| call | rows of 64 tokens | ms a call | microseconds a token | a call costs, in tokens |");
            System.out.println("|---|---:|---:|---:|---:|");
            for (int rows : new int[] {2, 8, 16}) {
                print("scores", rows, repeats, count -> model.backbone().scores(rows(count), new int[] {1, 2}, false));
            }
            try (FullTuning tuning = tuning(model.backbone())) {
                for (int rows : new int[] {2, 8, 16}) {
                    print(
                            "gradients",
                            rows,
                            repeats,
                            count -> tuning.accumulate(IntStream.range(0, count).toArray(), 1, 7));
                }
            }
        }
    }

    private interface Call {
        void on(int rows);
    }

    private static void print(String name, int rows, int repeats, Call call) {
        double[] one = new double[repeats];
        double[] two = new double[repeats];
        for (int i = -1; i < repeats; i++) {
            double whole = time(() -> call.on(rows));
            double halves = time(() -> {
                call.on(rows / 2);
                call.on(rows / 2);
            });
            if (i >= 0) {
                one[i] = whole;
                two[i] = halves;
            }
        }
        double extra = Duel.median(two) - Duel.median(one);
        double token = (Duel.median(one) - extra) / (rows * LENGTH);
        System.out.printf("| %s | %d | %.3f | %.2f | %.0f |%n", name, rows, extra * 1e3, token * 1e6, extra / token);
    }

    private static double time(Runnable work) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static List<TokenRow> rows(int count) {
        return Collections.nCopies(count, new TokenRow(new int[LENGTH], new int[LENGTH], new int[] {LENGTH / 2}));
    }

    private static FullTuning tuning(Backbone source) {
        return new FullTuning(
                source,
                LabelObjective.atMasks(
                        List.of(new LabelProjection(1, new int[] {1, 2}, new float[][] {{1, 0}, {0, 1}}, false)),
                        new TrainingExamples(List.of(rows(64)), new int[64])),
                TrainingOptions.defaults(),
                encoder -> 0);
    }
}
