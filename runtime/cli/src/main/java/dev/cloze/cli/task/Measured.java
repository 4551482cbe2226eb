package dev.cloze.cli.task;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.ClozeEvaluation;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.RegressionEvaluation;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.SpanEvaluation;
import dev.cloze.runtime.TextEvaluation;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well a pipeline does on records whose right answers are known.
 *
 * @param words to be read
 * @param numbers by name; null for what can't be said of these records
 */
record Measured(String words, Map<String, @Nullable Object> numbers) {

    /** Of labels. */
    static Measured of(Evaluation<String> evaluation) {
        Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
        numbers.put("accuracy", evaluation.accuracy());
        numbers.put("macroF1", evaluation.macroF1());
        numbers.put("matthews", evaluation.matthews());
        numbers.put("calibrationError", evaluation.calibrationError());
        numbers.put("cutShare", evaluation.cutShare());
        numbers.put("n", evaluation.n());
        numbers.put("labels", evaluation.confusion().labels());
        numbers.put("confusion", evaluation.confusion().counts());
        return new Measured(evaluation.toString(), numbers);
    }

    /** Of a saved pipeline of another kind than labels. */
    static Measured saved(TaskKind kind, SpokenTask task, Path folder, RightAnswers right) {
        return switch (kind) {
            case CLASSIFICATION -> throw new IllegalArgumentException("labels are not among these answers");
            case REGRESSION -> {
                try (RegressionPipeline<DataRow> opened =
                        RegressionPipeline.load(SavedKinds.regression(task, folder), folder)) {
                    yield of(opened.evaluate(right.numbers()));
                }
            }
            case CLOZE -> {
                try (ClozePipeline<DataRow> opened = ClozePipeline.load(SavedKinds.cloze(task), folder)) {
                    yield of(opened.evaluate(right.words()));
                }
            }
            case EXTRACTION -> {
                try (ExtractionPipeline<DataRow, String> opened =
                        ExtractionPipeline.load(SavedKinds.extraction(task, folder), folder)) {
                    yield of(opened.evaluate(right.spans()));
                }
            }
            case TEXT -> {
                try (TextPipeline<DataRow> opened = TextPipeline.load(task.writing(), folder)) {
                    yield of(opened.evaluate(right.texts()));
                }
            }
        };
    }

    private static Measured of(RegressionEvaluation evaluation) {
        Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
        numbers.put("meanSquaredError", evaluation.meanSquaredError());
        numbers.put("pearson", finite(evaluation.pearson()));
        numbers.put("spearman", finite(evaluation.spearman()));
        return new Measured(evaluation.toString(), ended(numbers, evaluation.cutShare(), evaluation.n()));
    }

    private static Measured of(ClozeEvaluation evaluation) {
        Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
        numbers.put("precisionAt1", evaluation.precisionAt(1));
        numbers.put("precisionAt10", evaluation.precisionAt(10));
        numbers.put("meanReciprocalRank", evaluation.meanReciprocalRank());
        numbers.put("unanswerable", evaluation.unanswerable());
        return new Measured(evaluation.toString(), ended(numbers, evaluation.cutShare(), evaluation.n()));
    }

    private static Measured of(SpanEvaluation<String> evaluation) {
        Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
        numbers.put("f1", evaluation.f1());
        numbers.put("precision", evaluation.precision());
        numbers.put("recall", evaluation.recall());
        numbers.put("macroF1", evaluation.macroF1());
        numbers.put("labels", evaluation.labels());
        return new Measured(evaluation.toString(), ended(numbers, evaluation.cutShare(), evaluation.n()));
    }

    private static Measured of(TextEvaluation evaluation) {
        Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
        numbers.put("bleu", evaluation.bleu());
        numbers.put("rougeL", evaluation.rougeL());
        numbers.put("chrF", evaluation.chrF());
        numbers.put("perplexity", finite(evaluation.perplexity()));
        return new Measured(evaluation.toString(), ended(numbers, evaluation.cutShare(), evaluation.n()));
    }

    private static Map<String, @Nullable Object> ended(
            Map<String, @Nullable Object> numbers, double cutShare, int count) {
        numbers.put("cutShare", cutShare);
        numbers.put("n", count);
        return numbers;
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
