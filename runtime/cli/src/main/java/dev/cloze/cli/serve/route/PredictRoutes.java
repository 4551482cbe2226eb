package dev.cloze.cli.serve.route;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.cli.serve.http.Exchange;
import dev.cloze.cli.serve.task.InputAnswers;
import dev.cloze.cli.serve.task.Later;
import dev.cloze.cli.serve.task.ServedTask;
import dev.cloze.cli.serve.task.ServedTasks;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.request.Fields;
import dev.cloze.runtime.workbench.request.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** {@code {"input": {...}}}, and {@code "candidates": [...]} for a task that ranks words. */
    void predict(Exchange exchange) {
        ServedTask<InputAnswers> task = tasks.answers(exchange.part("task"));
        exchange.answer(
                fields -> {
                    DataRow input = Inputs.of(named(task, fields, "input").object("input"), task.columns(), 1);
                    return asked(task, input, candidates(fields));
                },
                executor);
    }

    /** {@code {"inputs": [{...}, ...]}}: all of them, or none where one can't be answered. */
    void predictAll(Exchange exchange) {
        ServedTask<InputAnswers> task = tasks.answers(exchange.part("task"));
        exchange.answer(fields -> answers(task, fields), executor);
    }

    private static Fields named(ServedTask<InputAnswers> task, Fields fields, String inputs) {
        boolean ranks = task.source().kind() == TaskKind.CLOZE;
        return fields.named(ranks ? List.of(inputs, "candidates") : List.of(inputs));
    }

    private static Optional<List<String>> candidates(Fields fields) {
        return fields.names().contains("candidates") ? Optional.of(fields.texts("candidates")) : Optional.empty();
    }

    private CompletableFuture<Map<String, Object>> answers(ServedTask<InputAnswers> task, Fields fields) {
        List<Fields> inputs = named(task, fields, "inputs").objects("inputs");
        if (inputs.size() > mostInputs) {
            throw Refused.tooLarge("A batch may have " + mostInputs + " inputs, and this one has " + inputs.size()
                    + ".\n  Send fewer, or one a line to /v1/tasks/"
                    + task.source().name() + "/stream.");
        }
        Optional<List<String>> candidates = candidates(fields);
        List<DataRow> rows = new ArrayList<>();
        inputs.forEach(input -> rows.add(Inputs.of(input, task.columns(), rows.size() + 1)));
        List<CompletableFuture<Map<String, Object>>> asked = new ArrayList<>();
        try {
            rows.forEach(row -> asked.add(asked(task, row, candidates)));
        } catch (RuntimeException e) {
            asked.forEach(one -> one.cancel(true));
            throw e;
        }
        return Later.all(asked, predictions -> Map.of("predictions", predictions));
    }

    /** Asks a task, and counts it. */
    CompletableFuture<Map<String, Object>> asked(
            ServedTask<InputAnswers> task, DataRow input, Optional<List<String>> candidates) {
        return metrics.timed(task.source().name(), () -> task.with(answers -> answers.predict(input, candidates)));
    }
}
