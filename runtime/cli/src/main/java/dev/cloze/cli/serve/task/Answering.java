package dev.cloze.cli.serve.task;

import dev.cloze.runtime.ClozeAnswer;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.FoundSpan;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.ServedClozePipeline;
import dev.cloze.runtime.ServedExtractionPipeline;
import dev.cloze.runtime.ServedPipeline;
import dev.cloze.runtime.ServedRegressionPipeline;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.serving.SharedEngines;
import dev.cloze.runtime.workbench.Predicted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * A served pipeline and how it is asked.
 *
 * @param pipeline closed with this
 * @param asking an input, with words to rank where they are given
 */
record Answering(
        AutoCloseable pipeline,
        BiFunction<DataRow, Optional<List<String>>, CompletableFuture<Map<String, Object>>> asking)
        implements InputAnswers {

    /** Labels: label, probability, probabilities, words, cut. */
    static InputAnswers labels(PromptPipeline<DataRow, String> pipeline, SharedEngines engines) {
        ServedPipeline<DataRow, String> served = (ServedPipeline<DataRow, String>) engines.serve(pipeline);
        return new Answering(served, (input, words) -> Later.of(served.predictAsync(input), Predicted::of));
    }

    /** Numbers: value. */
    static InputAnswers numbers(RegressionPipeline<DataRow> pipeline, SharedEngines engines) {
        ServedRegressionPipeline<DataRow> served = (ServedRegressionPipeline<DataRow>) engines.serve(pipeline);
        return new Answering(
                served, (input, words) -> Later.of(served.predictAsync(input), value -> Map.of("value", value)));
    }

    /** Ranked words: words, cut. */
    static InputAnswers words(ClozePipeline<DataRow> pipeline, SharedEngines engines) {
        ServedClozePipeline<DataRow> served = (ServedClozePipeline<DataRow>) engines.serve(pipeline);
        return new Answering(
                served,
                (input, words) -> Later.of(
                        words.map(some -> served.predictAsync(input, some)).orElseGet(() -> served.predictAsync(input)),
                        Answering::ranked));
    }

    private static Map<String, Object> ranked(ClozeAnswer answer) {
        List<Map<String, Object>> words = answer.words().stream()
                .map(word -> {
                    Map<String, Object> each = new LinkedHashMap<>();
                    each.put("word", word.word());
                    each.put("probability", word.probability());
                    each.put("logProbability", word.logProbability());
                    return each;
                })
                .toList();
        return Map.of("words", words, "cut", answer.cut());
    }

    /** Labelled parts of a text: spans. */
    static InputAnswers spans(ExtractionPipeline<DataRow, String> pipeline, SharedEngines engines) {
        ServedExtractionPipeline<DataRow, String> served =
                (ServedExtractionPipeline<DataRow, String>) engines.serve(pipeline);
        return new Answering(
                served,
                (input, words) -> Later.of(
                        served.extractAsync(input),
                        found -> Map.of(
                                "spans", found.stream().map(Answering::span).toList())));
    }

    private static Map<String, Object> span(FoundSpan<String> found) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("start", found.span().start());
        told.put("end", found.span().end());
        told.put("label", found.label());
        told.put("text", found.text());
        told.put("probability", found.probability());
        return told;
    }

    @Override
    public CompletableFuture<Map<String, Object>> predict(DataRow input, Optional<List<String>> candidates) {
        return asking.apply(input, candidates);
    }

    @Override
    public void close() {
        try {
            pipeline.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("what answers can't be closed", e);
        }
    }
}
