package dev.cloze.cli.serve.route;

import dev.cloze.cli.serve.http.Exchange;
import dev.cloze.cli.serve.http.Fields;
import dev.cloze.cli.serve.http.Refused;
import dev.cloze.cli.serve.task.LabelAnswers;
import dev.cloze.cli.serve.task.ServedTask;
import dev.cloze.cli.serve.task.ServedTasks;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.data.DataRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Labels of one input, or of several that are sent together. */
final class PredictRoutes {

    private final ServedTasks tasks;
    private final ServeMetrics metrics;
    private final Executor executor;
    private final int mostInputs;

    PredictRoutes(ServedTasks tasks, ServeMetrics metrics, Executor executor, int mostInputs) {
        this.tasks = tasks;
        this.metrics = metrics;
        this.executor = executor;
        this.mostInputs = mostInputs;
    }

    /** {@code {"input": {...}}}. */
    void predict(Exchange exchange) {
        ServedTask<LabelAnswers> task = tasks.labels(exchange.part("task"));
        exchange.answer(
                exchange.fields()
                        .thenCompose(fields -> {
                            DataRow input = Inputs.of(
                                    fields.named(List.of("input")).object("input"),
                                    task.task().columns(),
                                    1);
                            return asked(task, input);
                        })
                        .thenApply(Predicted::of),
                executor);
    }

    /** {@code {"inputs": [{...}, ...]}}: all of them, or none where one can't be answered. */
    void predictAll(Exchange exchange) {
        ServedTask<LabelAnswers> task = tasks.labels(exchange.part("task"));
        exchange.answer(exchange.fields().thenCompose(fields -> answers(task, fields)), executor);
    }

    private CompletableFuture<Map<String, Object>> answers(ServedTask<LabelAnswers> task, Fields fields) {
        List<Fields> inputs = fields.named(List.of("inputs")).objects("inputs");
        if (inputs.size() > mostInputs) {
            throw Refused.tooLarge("A batch may have " + mostInputs + " inputs, and this one has " + inputs.size()
                    + ".\n  Send fewer, or one a line to /v1/tasks/"
                    + task.source().name() + "/stream.");
        }
        List<DataRow> rows = new ArrayList<>();
        inputs.forEach(input -> rows.add(Inputs.of(input, task.task().columns(), rows.size() + 1)));
        List<CompletableFuture<Prediction<String>>> asked = new ArrayList<>();
        try {
            rows.forEach(row -> asked.add(asked(task, row)));
        } catch (RuntimeException e) {
            asked.forEach(one -> one.cancel(true));
            throw e;
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .whenComplete((all, failure) -> asked.forEach(one -> one.cancel(true)))
                .thenApply(all -> Map.of(
                        "predictions",
                        asked.stream()
                                .map(CompletableFuture::join)
                                .map(Predicted::of)
                                .toList()));
    }

    /** Asks a task, and counts it. */
    CompletableFuture<Prediction<String>> asked(ServedTask<LabelAnswers> task, DataRow input) {
        return metrics.timed(task.source().name(), () -> task.with(answers -> answers.predict(input)));
    }
}
