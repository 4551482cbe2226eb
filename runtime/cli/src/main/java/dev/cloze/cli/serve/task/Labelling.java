package dev.cloze.cli.serve.task;

import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.ServedPipeline;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.serving.SharedEngines;
import java.util.concurrent.CompletableFuture;

/** Pipelines that choose labels, in the engine of the model they share or in a queue of their own. */
final class Labelling {

    private Labelling() {}

    /** Takes over a pipeline. */
    static LabelAnswers of(
            String task, PromptPipeline<DataRow, String> pipeline, SharedEngines engines, EngineSettings settings) {
        PromptPipeline<DataRow, String> served = engines.serve(pipeline);
        return served instanceof ServedPipeline<DataRow, String> together
                ? new Together(together)
                : new Alone(served, new AloneQueue<>(task, settings, served::predict));
    }

    private record Together(ServedPipeline<DataRow, String> pipeline) implements LabelAnswers {

        @Override
        public CompletableFuture<Prediction<String>> predict(DataRow input) {
            return pipeline.predictAsync(input);
        }

        @Override
        public void close() {
            pipeline.close();
        }
    }

    private record Alone(PromptPipeline<DataRow, String> pipeline, AloneQueue<DataRow, Prediction<String>> queue)
            implements LabelAnswers {

        @Override
        public CompletableFuture<Prediction<String>> predict(DataRow input) {
            return queue.ask(input);
        }

        @Override
        public void close() {
            queue.close();
            pipeline.close();
        }
    }
}
