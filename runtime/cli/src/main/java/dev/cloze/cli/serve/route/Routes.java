package dev.cloze.cli.serve.route;

import dev.cloze.cli.serve.http.Exchange;
import dev.cloze.cli.serve.http.Route;
import dev.cloze.cli.serve.task.ServedTasks;
import dev.cloze.runtime.workbench.PageFile;
import dev.cloze.runtime.workbench.Questions;
import dev.cloze.runtime.workbench.Workbench;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** All routes of a server. */
public final class Routes {

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
        Questions questions = new Questions(workbench, mostInputs);
        StatusRoutes status = new StatusRoutes(tasks, metrics);
        List<Route> routes = new ArrayList<>(List.of(
                Route.of("GET", "/v1/tasks", status::list),
                Route.of("POST", "/v1/tasks/{task}/predict", predicting::predict),
                Route.of("POST", "/v1/tasks/{task}/predict-all", predicting::predictAll),
                Route.of("POST", "/v1/tasks/{task}/stream", lines::stream),
                Route.of("POST", "/v1/tasks/{task}/generate", writing::generate),
                Route.of("POST", "/v1/fill-mask", asking(questions, "fill-mask", executor)),
                Route.of("POST", "/v1/workbench/read", asking(questions, "read", executor)),
                Route.of("POST", "/v1/workbench/evaluate", asking(questions, "evaluate", executor)),
                Route.of("POST", "/v1/workbench/java", asking(questions, "java", executor)),
                Route.of("GET", "/metrics", status::metrics),
                Route.open("GET", "/health", status::health),
                Route.open(
                        "GET",
                        "/openapi.json",
                        exchange -> file(exchange, Resources.read("openapi.json"), "application/json"))));
        PageFile.ALL.forEach(page ->
                routes.add(Route.open("GET", page.path(), exchange -> file(exchange, text(page), page.mediaType()))));
        return List.copyOf(routes);
    }

    private static Route.Endpoint asking(Questions questions, String question, Executor executor) {
        return exchange -> exchange.answer(fields -> questions.ask(question, fields), executor);
    }

    /** The page says where the routes are described, which only a server of its own does. */
    private static byte[] text(PageFile page) {
        return page.text()
                .replace("<!-- routes -->", " <a href=\"openapi.json\">The REST routes</a>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void file(Exchange exchange, byte[] bytes, String mediaType) {
        exchange.bytes(mediaType, bytes, Map.of("Cache-Control", "no-cache"));
    }
}
