package dev.cloze.cli.serve.route;

import dev.cloze.cli.serve.http.Router;
import dev.cloze.cli.serve.task.ServedTasks;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.workbench.request.HttpProblem;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What is counted and timed, in Prometheus' text format; see docs/reference/serve.md. */
public final class ServeMetrics implements Router.RequestLog {

    /** Media type of {@link #text()}. */
    static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Histogram predictions = Histogram.builder()
            .name("cloze_predict_seconds")
            .help("Inputs that were answered, and how long each took from when it was asked.")
            .unit(Unit.SECONDS)
            .labelNames("task", "outcome")
            .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30)
            .register(registry);
    private final Histogram requests = Histogram.builder()
            .name("cloze_http_request_seconds")
            .help("Requests that were answered, and how long each took.")
            .unit(Unit.SECONDS)
            .labelNames("route", "status")
            .classicUpperBounds(.001, .005, .01, .05, .1, .5, 1, 5, 10, 30)
            .register(registry);
    private final Counter refused = Counter.builder()
            .name("cloze_http_refused_total")
            .help("Requests that were told to come back later.")
            .labelNames("status")
            .register(registry);

    /** Of these tasks, whose queues are told when they are asked for. */
    public ServeMetrics(ServedTasks tasks) {
        gauge("cloze_queue_tasks", "Tasks that are served together.", tasks, EngineStatus::tasks);
        gauge("cloze_queue_waiting", "Inputs that wait.", tasks, EngineStatus::waiting);
        gauge("cloze_queue_running", "Rows of batches that are being answered.", tasks, EngineStatus::rows);
        counter("cloze_queue_answered_total", "Inputs that have been answered.", tasks, EngineStatus::answered);
        counter("cloze_queue_refused_total", "Inputs that found their queue full.", tasks, EngineStatus::refused);
        counter("cloze_queue_passes_total", "Batches that a model was asked.", tasks, EngineStatus::passes);
        GaugeWithCallback.builder()
                .name("process_start_time_seconds")
                .help("When the server was started, in seconds since 1970.")
                .callback(told -> told.call(ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("jvm_memory_used_bytes")
                .help("Java's heap; models lie outside of it.")
                .callback(told -> told.call(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()))
                .register(registry);
    }

    private void gauge(String name, String help, ServedTasks tasks, ToDoubleFunction<EngineStatus> number) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(told -> told.call(number.applyAsDouble(tasks.status())))
                .register(registry);
    }

    private void counter(String name, String help, ServedTasks tasks, ToDoubleFunction<EngineStatus> number) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(told -> told.call(number.applyAsDouble(tasks.status())))
                .register(registry);
    }

    /** Times an answer that comes later, which is counted before anybody hears it; who cancels it cancels what was asked. */
    <T> CompletableFuture<T> timed(String task, Supplier<CompletableFuture<T>> asking) {
        long start = System.nanoTime();
        try {
            CompletableFuture<T> asked = asking.get();
            CompletableFuture<T> answer = new CompletableFuture<>();
            CompletableFuture<T> unused = asked.whenComplete((found, failure) -> {
                observe(task, start, failure);
                if (failure == null) {
                    answer.complete(found);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
            unused = answer.whenComplete((found, failure) -> asked.cancel(true)); // nothing where it was answered
            return answer;
        } catch (RuntimeException e) {
            observe(task, start, e);
            throw e;
        }
    }

    /** Times an answer that is waited for. */
    <T> T timedWhile(String task, Supplier<T> asking) {
        return timed(task, () -> CompletableFuture.completedFuture(asking.get()))
                .join();
    }

    private void observe(String task, long start, @Nullable Throwable failure) {
        String outcome = failure == null ? "ok" : Integer.toString(HttpProblem.status(failure));
        predictions.labelValues(task, outcome).observe((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void answered(String route, int status, double seconds) {
        requests.labelValues(route, Integer.toString(status)).observe(seconds);
        if (status == 429 || status == 503) {
            refused.labelValues(Integer.toString(status)).inc();
        }
    }

    /** All of them. */
    String text() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder().build().write(bytes, registry.scrape());
        return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** What each of them means, by name, for the reference. */
    public Map<String, String> meanings() {
        Map<String, String> meanings = new TreeMap<>();
        registry.scrape()
                .forEach(each -> meanings.put(
                        each.getMetadata().getPrometheusName() + (each instanceof CounterSnapshot ? "_total" : ""),
                        each.getMetadata().getHelp()));
        return meanings;
    }
}
