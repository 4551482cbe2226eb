package dev.cloze.cli.serve.route;

import dev.cloze.cli.serve.http.Exchange;
import dev.cloze.cli.serve.http.Route;
import dev.cloze.cli.serve.task.ServedTasks;
import dev.cloze.cli.serve.task.Workbench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/** All routes of a server. */
public final class Routes {

    private static final Map<String, String> FILES = Map.of(
            "/", "index.html",
            "/page.css", "page.css",
            "/page.js", "page.js",
            "/icon.svg", "icon.svg");

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    private Routes() {}

    /**
     * Those over these tasks.
     *
     * @param mostInputs of a batch
     * @param timeout of texts that are written
     * @param streams that are open at once
     */
    public static List<Route> of(
            ServedTasks tasks,
            Workbench workbench,
            ServeMetrics metrics,
            Executor executor,
            int mostInputs,
            Duration timeout,
            int streams) {
        Streams open = new Streams(streams);
        PredictRoutes predicting = new PredictRoutes(tasks, metrics, executor, mostInputs);
        StreamRoute lines = new StreamRoute(tasks, predicting, open);
        GenerateRoutes writing = new GenerateRoutes(tasks, metrics, open, executor, timeout);
        WorkbenchRoutes trying = new WorkbenchRoutes(workbench, executor);
        TrialRoute trial = new TrialRoute(workbench, executor, mostInputs);
        StatusRoutes status = new StatusRoutes(tasks, metrics);
        List<Route> routes = new ArrayList<>(List.of(
                Route.of("GET", "/v1/tasks", status::list),
                Route.of("POST", "/v1/tasks/{task}/predict", predicting::predict),
                Route.of("POST", "/v1/tasks/{task}/predict-all", predicting::predictAll),
                Route.of("POST", "/v1/tasks/{task}/stream", lines::stream),
                Route.of("POST", "/v1/tasks/{task}/generate", writing::generate),
                Route.of("POST", "/v1/fill-mask", trying::fillMask),
                Route.of("POST", "/v1/workbench/read", trying::read),
                Route.of("POST", "/v1/workbench/evaluate", trial::evaluate),
                Route.of("POST", "/v1/workbench/java", trying::java),
                Route.of("GET", "/metrics", status::metrics),
                Route.open("GET", "/health", status::health),
                Route.open("GET", "/openapi.json", exchange -> file(exchange, "openapi.json", "application/json"))));
        FILES.forEach((path, file) -> routes.add(Route.open("GET", path, exchange -> page(exchange, file))));
        return List.copyOf(routes);
    }

    private static void page(Exchange exchange, String file) {
        String ending = file.substring(file.lastIndexOf('.') + 1);
        file(exchange, "page/" + file, Objects.requireNonNull(MEDIA_TYPES.get(ending), ending));
    }

    private static void file(Exchange exchange, String name, String mediaType) {
        exchange.bytes(mediaType, Resources.read(name), Map.of("Cache-Control", "no-cache"));
    }
}
