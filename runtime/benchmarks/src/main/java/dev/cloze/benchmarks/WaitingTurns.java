package dev.cloze.benchmarks;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.WaitingThreads;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.mask.LabelObjective;
import dev.cloze.runtime.tuning.mask.LabelProjection;
import dev.cloze.runtime.tuning.mask.TrainingExamples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * {@code WaitingTurns MODEL} says what its waiting threads do, and then, for each line that names one of its works, how many
 * milliseconds a call of it takes. It ends with its input.
 */
final class WaitingTurns {

    static final List<String> WORKS = List.of("1 x 32", "8 x 64", "a training step, 8 x 64");

    /** Those that are no training. */
    static final List<String> PREDICTIONS = WORKS.subList(0, 2);

    private static final double SECONDS = 0.6;
    private static final int EXAMPLES = 64;
    private static final int[] WORDS = {1, 2};

    private final Backbone backbone;
    private final FullTuning tuning;
    private final List<TokenRow> single;
    private final List<TokenRow> batch;
    private int steps;

    private WaitingTurns(Backbone backbone, FullTuning tuning, List<TokenRow> single, List<TokenRow> examples) {
        this.backbone = backbone;
        this.tuning = tuning;
        this.single = single;
        this.batch = examples.subList(0, 8);
    }

    public static void main(String[] arguments) throws IOException {
        try (LanguageModel model = LanguageModel.open(arguments[0])) {
            int vocabulary = Math.min(model.tokenizer().vocabularySize(), 30_000);
            List<TokenRow> examples = rows(EXAMPLES, 64, vocabulary);
            try (FullTuning tuning = tuning(model.backbone(), examples)) {
                new WaitingTurns(model.backbone(), tuning, rows(1, 32, vocabulary), examples).answer();
            }
        }
    }

    private void answer() throws IOException {
        WORKS.forEach(this::call); // libtorch is loaded, code compiled
        System.out.println(WaitingThreads.described());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String work = line;
            System.out.println(milliseconds(() -> call(work)));
        }
    }

    private void call(String work) {
        switch (WORKS.indexOf(work)) {
            case 0 -> backbone.scores(single, WORDS, false);
            case 1 -> backbone.scores(batch, WORDS, false);
            case 2 -> TrainingStep.step(tuning, steps++, 8, 1e-5, EXAMPLES);
            default -> throw new IllegalArgumentException(work);
        }
    }

    private static double milliseconds(Runnable call) {
        call.run(); // after a rest
        long start = System.nanoTime();
        double seconds = 0;
        int calls = 0;
        while (seconds < SECONDS) {
            call.run();
            calls++;
            seconds = (System.nanoTime() - start) / 1e9;
        }
        return 1e3 * seconds / calls;
    }

    private static List<TokenRow> rows(int count, int tokens, int vocabulary) {
        Random random = new Random(count);
        return IntStream.range(0, count)
                .mapToObj(i -> new TokenRow(
                        random.ints(tokens, 5, vocabulary).toArray(), new int[tokens], new int[] {tokens / 2}))
                .toList();
    }

    private static FullTuning tuning(Backbone source, List<TokenRow> examples) {
        return new FullTuning(
                source,
                LabelObjective.atMasks(
                        List.of(new LabelProjection(1, WORDS, new float[][] {{1, 0}, {0, 1}}, false)),
                        new TrainingExamples(
                                List.of(examples),
                                IntStream.range(0, EXAMPLES).map(i -> i % 2).toArray())),
                TrainingOptions.defaults(),
                encoder -> 0);
    }
}
