package dev.cloze.cli.task;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.ClozeAnswer;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.FoundSpan;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a pipeline of any kind predicts for records, as columns that are added to them: always {@code predicted}.
 *
 * @param pipeline closed with this
 */
record RowPredictions(AutoCloseable pipeline, Function<List<DataRow>, List<Map<String, Object>>> predicting)
        implements AutoCloseable {

    /** Labels with their probability, and those of all labels where they are wanted. */
    static RowPredictions labels(PromptPipeline<DataRow, String> pipeline, boolean all) {
        return new RowPredictions(pipeline, rows -> pipeline.predict(rows).stream()
                .map(one -> labelled(one, all))
                .toList());
    }

    private static Map<String, Object> labelled(Prediction<String> prediction, boolean all) {
        Map<String, Object> columns = columns(prediction.label());
        columns.put("probability", rounded(prediction.probability()));
        if (all) {
            prediction
                    .probabilities()
                    .forEach((label, probability) -> columns.put("probability of " + label, rounded(probability)));
        }
        return columns;
    }

    /** What a saved pipeline of another kind predicts: numbers, the best word with its probability, spans as JSON, texts. */
    static RowPredictions saved(TaskKind kind, SpokenTask task, Path folder) {
        return switch (kind) {
            case CLASSIFICATION -> labels(PromptPipeline.load(task.declared(), folder), false);
            case REGRESSION -> numbers(RegressionPipeline.load(SavedKinds.regression(task, folder), folder));
            case CLOZE -> words(ClozePipeline.load(SavedKinds.cloze(task), folder));
            case EXTRACTION -> spans(ExtractionPipeline.load(SavedKinds.extraction(task, folder), folder));
            case TEXT -> texts(TextPipeline.load(task.writing(), folder));
        };
    }

    private static RowPredictions numbers(RegressionPipeline<DataRow> pipeline) {
        return new RowPredictions(pipeline, rows -> pipeline.predict(rows).stream()
                .map(value -> columns(rounded(value)))
                .toList());
    }

    private static RowPredictions words(ClozePipeline<DataRow> pipeline) {
        return new RowPredictions(pipeline, rows -> pipeline.predict(rows).stream()
                .map(RowPredictions::ranked)
                .toList());
    }

    private static Map<String, Object> ranked(ClozeAnswer answer) {
        Map<String, Object> columns = columns(answer.best());
        columns.put("probability", rounded(answer.words().get(0).probability()));
        return columns;
    }

    private static RowPredictions spans(ExtractionPipeline<DataRow, String> pipeline) {
        return new RowPredictions(pipeline, rows -> pipeline.extract(rows).stream()
                .map(found -> columns(json(found)))
                .toList());
    }

    private static JsonArray json(List<FoundSpan<String>> found) {
        JsonArray spans = new JsonArray();
        found.forEach(one -> {
            JsonObject span = new JsonObject();
            span.addProperty("start", one.span().start());
            span.addProperty("end", one.span().end());
            span.addProperty("label", one.label());
            span.addProperty("text", one.text());
            span.addProperty("probability", rounded(one.probability()));
            spans.add(span);
        });
        return spans;
    }

    private static RowPredictions texts(TextPipeline<DataRow> pipeline) {
        return new RowPredictions(pipeline, rows -> pipeline.generate(rows).stream()
                .map(RowPredictions::columns)
                .toList());
    }

    private static Map<String, Object> columns(Object predicted) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("predicted", predicted);
        return columns;
    }

    /** Six digits are what single precision has. */
    private static double rounded(double probability) {
        return Math.round(probability * 1e6) / 1e6;
    }

    /** The columns for each record. */
    List<Map<String, Object>> of(List<DataRow> rows) {
        return predicting.apply(rows);
    }

    @Override
    public void close() {
        try {
            pipeline.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the pipeline can't be closed", e);
        }
    }
}
