package dev.cloze.cli.serve.route;

import dev.cloze.cli.serve.http.BoundedLines;
import dev.cloze.cli.serve.http.Exchange;
import dev.cloze.cli.serve.task.InputAnswers;
import dev.cloze.cli.serve.task.ServedTask;
import dev.cloze.cli.serve.task.ServedTasks;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.request.Fields;
import dev.cloze.runtime.workbench.request.HttpProblem;
import dev.cloze.runtime.workbench.request.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Predictions of inputs that come one a line, answered one a line in their order, without an end. Some wait at a time; the client is
 * read no faster than it is answered, so that neither side holds more than these. Where no whole line is there yet, what waits is
 * answered first: the client may be waiting for it.
 */
final class StreamRoute {

    /** Lines that are read ahead of what is answered. */
    private static final int AHEAD = 64;

    private final ServedTasks tasks;
    private final PredictRoutes predicting;
    private final Streams streams;

    StreamRoute(ServedTasks tasks, PredictRoutes predicting, Streams streams) {
        this.tasks = tasks;
        this.predicting = predicting;
        this.streams = streams;
    }

    /** One line a line: an input's columns for a prediction, or for a problem where that line has one. */
    void stream(Exchange exchange) throws Exception {
        ServedTask<InputAnswers> task = tasks.answers(exchange.part("task"));
        streams.run(() -> {
            BoundedLines lines = exchange.lines();
            Deque<CompletableFuture<Map<String, Object>>> waiting = new ArrayDeque<>();
            try {
                OutputStream out = exchange.open("application/x-ndjson");
                answer(task, lines, waiting, out);
                out.close(); // only here, as it says that the answers are whole
            } catch (IOException e) {
                exchange.breakOff(e);
                return;
            } finally {
                waiting.forEach(one -> one.cancel(true)); // of a stream that broke off: nobody wants the answers
            }
            exchange.end();
        });
    }

    private void answer(
            ServedTask<InputAnswers> task,
            BoundedLines lines,
            Deque<CompletableFuture<Map<String, Object>>> waiting,
            OutputStream out)
            throws IOException {
        int number = 0;
        String line = nextLine(lines, waiting, out);
        while (line != null) {
            number++;
            waiting.add(asked(task, line, number, waiting, out));
            while (waiting.size() >= AHEAD
                    || (!waiting.isEmpty() && waiting.element().isDone())) {
                write(out, waiting.remove());
            }
            line = nextLine(lines, waiting, out);
        }
        writeAll(out, waiting);
    }

    /** What can't be read as lines ends the stream, with a problem as its last line. */
    private static @Nullable String nextLine(
            BoundedLines lines, Deque<CompletableFuture<Map<String, Object>>> waiting, OutputStream out)
            throws IOException {
        try {
            if (!lines.isReady()) {
                writeAll(out, waiting);
            }
            return lines.next();
        } catch (ClozeException e) {
            writeAll(out, waiting);
            write(out, CompletableFuture.failedFuture(e));
            return null;
        }
    }

    /** Where the queue is full, the stream waits for its own answers, or a little, and asks again. */
    private CompletableFuture<Map<String, Object>> asked(
            ServedTask<InputAnswers> task,
            String line,
            int number,
            Deque<CompletableFuture<Map<String, Object>>> waiting,
            OutputStream out)
            throws IOException {
        try {
            DataRow input = Inputs.of(Fields.of(line), task.columns(), number);
            while (true) {
                try {
                    return predicting.asked(task, input, Optional.empty());
                } catch (ClozeException e) {
                    if (e.problem() != Problem.SERVING_OVERLOADED) {
                        throw e;
                    }
                    if (waiting.isEmpty()) {
                        Thread.sleep(5);
                    } else {
                        write(out, waiting.remove());
                    }
                }
            }
        } catch (ClozeException e) {
            return CompletableFuture.failedFuture(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server is stopping", e);
        }
    }

    private static void writeAll(OutputStream out, Deque<CompletableFuture<Map<String, Object>>> waiting)
            throws IOException {
        while (!waiting.isEmpty()) {
            write(out, waiting.remove());
        }
    }

    private static void write(OutputStream out, CompletableFuture<Map<String, Object>> answer) throws IOException {
        Object line;
        try {
            line = answer.join();
        } catch (CompletionException e) {
            line = Map.of("problem", HttpProblem.of(e).body());
        }
        out.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
