package dev.cloze.benchmarks.accuracy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.ExtractionTrainer;
import dev.cloze.runtime.SpanEvaluation;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.RestaurantSlot;
import dev.cloze.testkit.data.RestaurantSlots;
import dev.cloze.testkit.data.RestaurantText;
import dev.cloze.testkit.data.SharedFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What texts about restaurants say of them, by the default model: the table of {@code docs/guide/extraction.md}, a line for each method
 * and number of examples.
 */
public final class ExtractionTable {

    private static final ExtractionTask<RestaurantText, RestaurantSlot> TASK = ExtractionTask.of(
                    RestaurantText.class, RestaurantSlot.class)
            .template("{text|spans} {span} is a {mask}.")
            .placeholder("text", RestaurantText::text)
            .label(RestaurantSlot.NAME, "restaurant")
            .label(RestaurantSlot.NEAR, "neighbor")
            .label(RestaurantSlot.FOOD, "food")
            .label(RestaurantSlot.AREA, "area")
            .label(RestaurantSlot.PRICE, "price")
            .label(RestaurantSlot.KIND, "type")
            .spans(4, 6, "mistake")
            .tuning(TaskTuning.defaults())
            .build();

    private static final int TESTED = 150;
    private static final int STEPS = 300;
    private static final long SEED = 13;

    private final List<Extracted<RestaurantText, RestaurantSlot>> train;
    private final List<Extracted<RestaurantText, RestaurantSlot>> test;

    private ExtractionTable(RestaurantSlots data) {
        this.train = shuffled(data.train());
        this.test = shuffled(data.test()).subList(0, TESTED);
    }

    /** Measures the methods that are named, or else all that serve the kind of task. */
    public static void main(String[] methods) {
        Path folder = SharedFolder.data().orElseThrow(() -> new IllegalStateException(SharedFolder.MISSING));
        ExtractionTable table = new ExtractionTable(RestaurantSlots.in(folder));
        List<String> asked =
                methods.length > 0 ? List.of(methods) : List.of("FINE_TUNING", "P_TUNING_V2", "PROMPT_FINE_TUNING");
        for (String method : asked) {
            for (int examples : new int[] {16, 64, 256}) {
                table.measure(TuningMethod.valueOf(method), examples);
            }
        }
    }

    private void measure(TuningMethod method, int examples) {
        long begin = System.nanoTime();
        ExtractionTrainer<RestaurantText, RestaurantSlot> trainer = ExtractionTrainer.of(TASK)
                .method(method)
                .quiet()
                .options(options ->
                        options.withMaxSteps(STEPS).withEvaluateEvery(0).withSeed(SEED));
        try (ExtractionPipeline<RestaurantText, RestaurantSlot> tuned = trainer.fit(train.subList(0, examples))) {
            long trained = System.nanoTime();
            SpanEvaluation<RestaurantSlot> measured = tuned.evaluate(test);
            LongToDoubleFunction seconds = nanoseconds -> nanoseconds / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.1f | %.0f s | %.1f s | %s |%n",
                    method,
                    examples,
                    100 * measured.f1(),
                    100 * measured.precision(),
                    100 * measured.recall(),
                    seconds.applyAsDouble(trained - begin),
                    seconds.applyAsDouble(System.nanoTime() - trained),
                    labels(measured));
        }
    }

    private static String labels(SpanEvaluation<RestaurantSlot> measured) {
        return measured.labels().entrySet().stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "%s %.0f",
                        one.getKey(),
                        100 * one.getValue().f1()))
                .collect(Collectors.joining(", "));
    }

    private static <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, new Random(SEED));
        return copy;
    }
}
