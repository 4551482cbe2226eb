package dev.cloze.cli.serve;

import dev.cloze.cli.serve.http.HangUps;
import dev.cloze.cli.serve.http.HttpServer;
import dev.cloze.cli.serve.http.Limits;
import dev.cloze.cli.serve.http.Route;
import dev.cloze.cli.serve.http.Router;
import dev.cloze.cli.serve.route.Routes;
import dev.cloze.cli.serve.route.ServeMetrics;
import dev.cloze.cli.serve.task.ServedTasks;
import dev.cloze.cli.serve.task.TaskSource;
import dev.cloze.runtime.application.Stopping;
import dev.cloze.runtime.workbench.Workbench;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Tasks and a model behind HTTP, until it is closed. */
public final class RunningServer implements AutoCloseable {

    /** How long a server that stops waits for the last answers. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final HttpServer http;
    private final List<Route> routes;
    private final ServeMetrics metrics;

    private RunningServer(List<TaskSource> sources, String model, ServeSettings settings, Duration looking)
            throws IOException {
        try {
            ServedTasks tasks = opened(new ServedTasks(sources, settings.engine()));
            Workbench workbench = new Workbench(model, settings.timeout());
            parts.push(() -> Stopping.freed(workbench::close));
            opened(tasks.watch(looking));
            this.metrics = new ServeMetrics(tasks);
            QueuedThreadPool threads = HttpServer.threads(settings.streams());
            this.routes = Routes.of(
                    tasks, workbench, metrics, threads, settings.mostInputs(), settings.timeout(), settings.streams());
            Router router = new Router(
                    routes,
                    settings.access(),
                    new Limits(settings.mostBytes(), patience(settings.timeout()), settings.idle()),
                    metrics,
                    opened(new HangUps()));
            this.http = opened(HttpServer.start(
                    settings.host(), settings.port(), threads, router, settings.idle(), grace(settings.timeout())));
        } catch (RuntimeException | Error | IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens all tasks and listens.
     *
     * @param model for what no task is asked: masks that are filled, and the page
     * @param looking how often archives are looked at
     * @throws IOException where it can't be listened on
     */
    public static RunningServer start(List<TaskSource> sources, String model, ServeSettings settings, Duration looking)
            throws IOException {
        return new RunningServer(sources, model, settings, looking);
    }

    /** A request needs a moment, however hasty answers have to be. */
    private static Duration patience(Duration timeout) {
        Duration moment = Duration.ofSeconds(1);
        return timeout.compareTo(moment) < 0 ? moment : timeout;
    }

    /** Before libtorch waits for nobody any more, which it does some 20 seconds after the JVM has been asked to end. */
    private static Duration grace(Duration timeout) {
        return timeout.compareTo(GRACE) < 0 ? timeout : GRACE;
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** What it answers, as {@code GET /v1/tasks}. */
    List<String> routes() {
        return routes.stream().map(route -> route.method() + " " + route.path()).toList();
    }

    /** What it counts, by name. */
    Map<String, String> metrics() {
        return metrics.meanings();
    }

    /** Where it is reached. */
    public URI address() {
        return http.address();
    }

    /** Listens no more, answers what has been asked for some seconds, refuses the rest and frees all; a second call does nothing. */
    @Override
    public synchronized void close() {
        RuntimeException failure = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("the server can't be closed", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
