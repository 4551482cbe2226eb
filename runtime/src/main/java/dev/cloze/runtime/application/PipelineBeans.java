package dev.cloze.runtime.application;

import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.serving.SharedEngines;
import dev.cloze.runtime.spi.DeclaredPipeline;
import java.util.function.UnaryOperator;

/**
 * The bean of a task, of the interface that its pipeline has.
 *
 * @param task what it asks
 * @param bean what is injected
 */
record PipelineBeans(TaskPipeline<?> task, AutoCloseable bean) {

    @SuppressWarnings("unchecked") // a declared pipeline's kind says which interface it is of
    static PipelineBeans of(ConfiguredTask task, SharedEngines engines, Calls calls) {
        DeclaredPipeline<?> declared = task.declared();
        return switch (declared.kind()) {
            case CLASSIFICATION ->
                of(
                        task,
                        (DeclaredPipeline<PromptPipeline<Object, Object>>) declared,
                        engines,
                        calls,
                        ClassificationBean::new);
            case REGRESSION ->
                of(task, (DeclaredPipeline<RegressionPipeline<Object>>) declared, engines, calls, RegressionBean::new);
            case CLOZE -> of(task, (DeclaredPipeline<ClozePipeline<Object>>) declared, engines, calls, ClozeBean::new);
            case EXTRACTION ->
                of(
                        task,
                        (DeclaredPipeline<ExtractionPipeline<Object, Object>>) declared,
                        engines,
                        calls,
                        ExtractionBean::new);
            case TEXT ->
                of(
                        task,
                        (DeclaredPipeline<TextPipeline<Object>>) declared,
                        engines,
                        calls,
                        predictions -> new TextBean<>(predictions, UnaryOperator.identity()));
        };
    }

    private interface Making<P extends AutoCloseable> {
        AutoCloseable bean(Predictions<P> predictions);
    }

    private static <P extends AutoCloseable> PipelineBeans of(
            ConfiguredTask task, DeclaredPipeline<P> declared, SharedEngines engines, Calls calls, Making<P> making) {
        TaskPipeline<P> pipeline = new TaskPipeline<>(task, declared, engines);
        return new PipelineBeans(pipeline, making.bean(new Predictions<>(pipeline, calls)));
    }
}
