package dev.cloze.benchmarks.extraction;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.ProcessorTime;
import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.ExtractionTrainer;
import dev.cloze.runtime.SpanEvaluation;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.RestaurantSlot;
import dev.cloze.testkit.data.RestaurantSlots;
import dev.cloze.testkit.data.RestaurantText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What came of a training: scores from 0 to 1, and the processor's seconds of the training and of the test.
 */
record SpanRun(double f1, double macroF1, double precision, double recall, double training, double testing) {

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
    private static final int SEARCHED = 50;
    private static final long SEED = 13;

    /** Of the numbers that are kept. */
    static SpanRun of(List<Double> numbers) {
        return new SpanRun(
                numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4), numbers.get(5));
    }

    List<Double> numbers() {
        return List.of(f1, macroF1, precision, recall, training, testing);
    }

    /** Trains on so many texts and tests on the test set's. */
    static SpanRun measured(TuningMethod method, double rate, int examples, int steps, RestaurantSlots data) {
        List<Extracted<RestaurantText, RestaurantSlot>> tested =
                shuffled(data.test()).subList(0, TESTED);
        return run(method, rate, shuffled(data.train()).subList(0, examples), tested, steps);
    }

    /** The same, tested on others of the texts that are learnt from. */
    static SpanRun searched(TuningMethod method, double rate, int examples, int steps, RestaurantSlots data) {
        List<Extracted<RestaurantText, RestaurantSlot>> train = shuffled(data.train());
        int size = train.size();
        return run(method, rate, train.subList(0, examples), train.subList(size - SEARCHED, size), steps);
    }

    private static SpanRun run(
            TuningMethod method,
            double rate,
            List<Extracted<RestaurantText, RestaurantSlot>> train,
            List<Extracted<RestaurantText, RestaurantSlot>> tested,
            int steps) {
        double begin = ProcessorTime.seconds();
        ExtractionTrainer<RestaurantText, RestaurantSlot> trainer = ExtractionTrainer.of(TASK)
                .method(method)
                .quiet()
                .options(options -> options.withMaxSteps(steps)
                        .withEvaluateEvery(0)
                        .withLearningRate(rate)
                        .withSeed(SEED));
        try (ExtractionPipeline<RestaurantText, RestaurantSlot> tuned = trainer.fit(train)) {
            double trained = ProcessorTime.seconds();
            SpanEvaluation<RestaurantSlot> measured = tuned.evaluate(tested);
            return new SpanRun(
                    measured.f1(),
                    measured.macroF1(),
                    measured.precision(),
                    measured.recall(),
                    trained - begin,
                    ProcessorTime.seconds() - trained);
        }
    }

    private static <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, new Random(SEED));
        return copy;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                " %.1f | %.1f | %.1f | %.1f | %.1f | %.0f |",
                100 * f1,
                100 * macroF1,
                100 * precision,
                100 * recall,
                training / 60,
                testing);
    }
}
