package dev.cloze.cli.serve.route;

import dev.cloze.cli.serve.http.Exchange;
import dev.cloze.cli.serve.task.ServedTask;
import dev.cloze.cli.serve.task.ServedTasks;
import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.generation.IdleOptions;
import dev.cloze.runtime.workbench.request.Fields;
import dev.cloze.runtime.workbench.request.HttpProblem;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Texts that are written: whole, or as they are written, as server-sent events. */
final class GenerateRoutes {

    private static final List<String> NAMES =
            List.of("input", "maxTokens", "temperature", "topK", "topP", "seed", "stopWords");
    private static final String EVENTS = "text/event-stream";

    private final ServedTasks tasks;
    private final ServeMetrics metrics;
    private final Streams streams;
    private final Executor executor;
    private final Duration timeout;

    GenerateRoutes(ServedTasks tasks, ServeMetrics metrics, Streams streams, Executor executor, Duration timeout) {
        this.tasks = tasks;
        this.metrics = metrics;
        this.streams = streams;
        this.executor = executor;
        this.timeout = timeout;
    }

    /** Events where the client accepts them, a text otherwise. */
    void generate(Exchange exchange) {
        ServedTask<TextPipeline<DataRow>> task = tasks.texts(exchange.part("task"));
        var unused = exchange.fields()
                .thenAcceptAsync(
                        fields -> {
                            try {
                                streams.run(() -> write(exchange, task, fields));
                            } catch (Exception e) {
                                exchange.fail(e);
                            }
                        },
                        executor)
                .exceptionally(failure -> {
                    exchange.fail(failure);
                    return null;
                });
    }

    private void write(Exchange exchange, ServedTask<TextPipeline<DataRow>> task, Fields fields) throws IOException {
        DataRow input = Inputs.of(fields.named(NAMES).object("input"), task.columns(), 1);
        GenerationOptions options = options(fields);
        CompletableFuture<Boolean> answered = exchange.watched();
        try {
            if (exchange.accepts(EVENTS)) {
                writeEvents(exchange, task, input, options, answered);
            } else {
                writeWhole(exchange, task, input, options, answered);
            }
        } finally {
            answered.complete(true);
        }
    }

    private void writeWhole(
            Exchange exchange,
            ServedTask<TextPipeline<DataRow>> task,
            DataRow input,
            GenerationOptions options,
            CompletableFuture<Boolean> answered) {
        try {
            exchange.json(generated(written(task, input, options, new Hearer(answered))));
        } catch (CancellationException e) {
            exchange.breakOff(e);
        }
    }

    private void writeEvents(
            Exchange exchange,
            ServedTask<TextPipeline<DataRow>> task,
            DataRow input,
            GenerationOptions options,
            CompletableFuture<Boolean> answered) {
        Events events = new Events(exchange.open(EVENTS), answered);
        try {
            Generated written = written(task, input, options, events);
            events.send("end", generated(written));
        } catch (CancellationException e) {
            exchange.breakOff(e);
            return;
        } catch (RuntimeException e) {
            events.send("problem", HttpProblem.of(e).body());
        }
        IOException gone = events.close();
        if (gone == null) {
            exchange.end();
        } else {
            exchange.breakOff(gone);
        }
    }

    private Generated written(
            ServedTask<TextPipeline<DataRow>> task,
            DataRow input,
            GenerationOptions options,
            GenerationListener listener) {
        return metrics.timedWhile(task.source().name(), () -> {
            Generated written = task.with(texts -> texts.generateAll(input, options, listener))
                    .get(0);
            if (written.reason() == Generated.FinishReason.CANCELLED) {
                throw new CancellationException("the client has gone");
            }
            return written;
        });
    }

    /** A text that takes long is ended a little before the queue would take it back, so that what is written of it is answered. */
    private GenerationOptions options(Fields fields) {
        GenerationOptions options = GenerationOptions.defaults()
                .withMaxTokens(fields.integer("maxTokens", 128, 1, 4096))
                .withTemperature(fields.number("temperature", 0))
                .withTopK(fields.integer("topK", 0, 0, Integer.MAX_VALUE))
                .withTopP(fields.number("topP", 1))
                .withSeed(fields.whole("seed", 0, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .withDeadline(timeout.multipliedBy(9).dividedBy(10));
        IdleOptions.refuse(options, name -> name);
        return fields.names().contains("stopWords")
                ? options.withStopWords(fields.texts("stopWords").toArray(String[]::new))
                : options;
    }

    private static Map<String, Object> generated(Generated written) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("text", written.text());
        answer.put("tokens", written.ids().length);
        answer.put("logProbability", written.logProbability());
        answer.put("reason", written.reason().name().toLowerCase(Locale.ROOT));
        return answer;
    }
}
