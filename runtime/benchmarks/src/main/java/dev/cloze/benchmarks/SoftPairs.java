package dev.cloze.benchmarks;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.writing.CompiledTextTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Seeded pairs of words, sources of 16 to 48 and targets of 8 to 24, as a user passes them and as the model reads them.
 *
 * @param pairs the texts
 * @param rows their tokens
 */
record SoftPairs(List<TextPair<Source>> pairs, List<TextRow> rows) {

    /** A text to go on from. */
    record Source(String text) {}

    private static final List<String> WORDS = List.of(
            "the",
            "of",
            "a",
            "in",
            "and",
            "to",
            "house",
            "river",
            "was",
            "near",
            "city",
            "price",
            "is",
            "low",
            "food",
            "good",
            "family",
            "friendly",
            "place",
            "eat",
            "high",
            "with",
            "rating",
            "customer",
            "five",
            "out",
            "centre",
            "by",
            "it",
            "for");

    static SoftPairs of(LanguageModel model, int count) {
        Random random = new Random(4);
        List<TextPair<Source>> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pairs.add(new TextPair<>(
                    new Source(words(random, 16 + random.nextInt(33))), words(random, 8 + random.nextInt(17))));
        }
        WritingTask task = WritingTask.of(task(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "same")));
        CompiledTextTask compiled = CompiledTextTask.of(task, model);
        List<TextRow> rows = pairs.stream()
                .map(pair -> compiled.pair(
                                new ValuePair(Map.of("text", pair.input().text()), pair.target()))
                        .row())
                .toList();
        return new SoftPairs(pairs, rows);
    }

    private static String words(Random random, int count) {
        StringJoiner words = new StringJoiner(" ");
        for (int i = 0; i < count; i++) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words.toString();
    }

    /** The seconds of steps after a warm-up. */
    double train(TaskTuning tuning, int batch, int warmUp, int steps) {
        StepClock clock = new StepClock();
        TextTrainer.of(task(tuning))
                .options(options -> options.withBatchSize(batch).withMaxSteps(warmUp + steps))
                .quiet()
                .listener(clock)
                .fit(pairs)
                .close();
        return clock.secondsAfter(warmUp);
    }

    private static TextTask<Source> task(TaskTuning tuning) {
        return TextTask.of(Source.class)
                .template("{text}")
                .placeholder("text", Source::text)
                .tuning(tuning)
                .build();
    }
}
