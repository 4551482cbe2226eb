package dev.cloze.benchmarks.tabletotext;

import dev.cloze.benchmarks.ProcessorTime;
import dev.cloze.runtime.TextEvaluation;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.spi.TextTask;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One training and what is written after it.
 *
 * @param seconds of the processor, for training
 * @param bleu 0 to 100
 * @param rougeL 0 to 100
 * @param chrF 0 to 100
 * @param perplexity of the right texts
 * @param trained how many numbers were trained
 */
record WritingRun(double seconds, double bleu, double rougeL, double chrF, double perplexity, long trained) {

    private static final int BATCH = 8;
    private static final int LONGEST = 64;
    private static final int SEED = 13;

    static WritingRun measured(WritingRow row, FactTexts data, int steps) {
        TextTask<Facts> task = TextTask.of(Facts.class)
                .template("{facts} In a sentence:")
                .placeholder("facts", Facts::facts)
                .tuning(row.tuning())
                .build();
        AtomicLong trained = new AtomicLong();
        double start = ProcessorTime.seconds();
        try (TextPipeline<Facts> pipeline =
                row.trained() ? tuned(task, data, steps, trained) : TextPipeline.pretrained(task)) {
            double seconds = row.trained() ? ProcessorTime.seconds() - start : 0;
            TextEvaluation told = pipeline.withOptions(options -> options.withMaxTokens(LONGEST))
                    .evaluate(data.test());
            return new WritingRun(seconds, told.bleu(), told.rougeL(), told.chrF(), told.perplexity(), trained.get());
        }
    }

    private static TextPipeline<Facts> tuned(TextTask<Facts> task, FactTexts data, int steps, AtomicLong trained) {
        return TextTrainer.of(task)
                .options(options -> options.withMaxSteps(steps)
                        .withBatchSize(BATCH)
                        .withSeed(SEED)
                        .withEvaluateEvery(0))
                .quiet()
                .listener(new TrainingListener() {
                    @Override
                    public void onStart(TrainingStarted started) {
                        trained.set(started.trainedParameters());
                    }
                })
                .fit(data.train(), List.of());
    }

    /** As they are kept. */
    List<Double> numbers() {
        return List.of(Math.round(seconds * 10) / 10.0, bleu, rougeL, chrF, perplexity, (double) trained);
    }

    static WritingRun of(List<Double> numbers) {
        return new WritingRun(
                numbers.get(0),
                numbers.get(1),
                numbers.get(2),
                numbers.get(3),
                numbers.get(4),
                numbers.get(5).longValue());
    }
}
