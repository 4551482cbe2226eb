package dev.cloze.cli.serve.route;

import dev.cloze.cli.serve.http.Exchange;
import dev.cloze.cli.serve.task.ServedTask;
import dev.cloze.cli.serve.task.ServedTasks;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What there is and how it does. */
final class StatusRoutes {

    private final ServedTasks tasks;
    private final ServeMetrics metrics;

    StatusRoutes(ServedTasks tasks, ServeMetrics metrics) {
        this.tasks = tasks;
        this.metrics = metrics;
    }

    /** All tasks. */
    void list(Exchange exchange) {
        exchange.json(Map.of("tasks", described()));
    }

    private List<Map<String, Object>> described() {
        return tasks.all().stream().map(StatusRoutes::described).toList();
    }

    private static Map<String, Object> described(ServedTask<?> task) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", task.source().name());
        told.put("kind", task.source().kind().name().toLowerCase(Locale.ROOT));
        told.put("columns", task.columns());
        told.put("templates", task.task().templates());
        told.put("labels", task.task().labels());
        told.put("method", task.task().method().name());
        told.put("model", task.task().model());
        told.put("since", task.since().toString());
        return told;
    }

    /** Up; a task whose archive was replaced by one that can't be used goes on as it was, and is named. */
    void health(Exchange exchange) {
        List<String> troubled = tasks.all().stream()
                .filter(task -> task.trouble().isPresent())
                .map(task -> task.source().name())
                .toList();
        exchange.json(Map.of("status", "up", "tasks", tasks.all().size(), "notReloaded", troubled));
    }

    /** Numbers for Prometheus. */
    void metrics(Exchange exchange) throws IOException {
        exchange.text(ServeMetrics.MEDIA_TYPE, metrics.text());
    }
}
