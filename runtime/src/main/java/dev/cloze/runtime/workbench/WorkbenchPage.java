package dev.cloze.runtime.workbench;

import dev.cloze.runtime.spi.DefaultBackbone;
import dev.cloze.runtime.workbench.request.Fields;
import dev.cloze.runtime.workbench.request.HttpProblem;
import dev.cloze.runtime.workbench.request.Json;
import dev.cloze.runtime.workbench.request.Refused;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The page on which templates and label words are tried, for an application of any web framework: it gives the page's files and
 * answers what the page asks, and the application sends them. The page loads nothing from elsewhere.
 *
 * <p>Its model is opened when the page first asks. Whoever reaches the page can have the model compute: show it on the machine of
 * a developer, or behind the application's own log-in. Any number of threads can use it at once; they wait for answers, so that
 * none of them should be an event loop.
 */
public final class WorkbenchPage implements AutoCloseable {

    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int MOST_EXAMPLES = 256;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Supplier<String> model;

    /** Held while the model is opened: no monitor, in which virtual threads that wait would keep their carriers. */
    private final ReentrantLock opening = new ReentrantLock();

    private @Nullable Workbench workbench;
    private boolean closed;

    private WorkbenchPage(Supplier<String> model) {
        this.model = model;
    }

    /** A page that asks the default model, or the quick one where {@code cloze.quick} is set by then. */
    public static WorkbenchPage ofDefaultModel() {
        return new WorkbenchPage(DefaultBackbone::name);
    }

    /** A page that asks a model by its name or folder. */
    public static WorkbenchPage of(String model) {
        return new WorkbenchPage(() -> model);
    }

    /**
     * An answer of HTTP.
     *
     * @param headers among them {@code Content-Type}, with the encoding UTF-8, and what lets a page load from its server alone
     */
    public record Answer(int status, Map<String, String> headers, String body) {}

    /**
     * A file of the page, for a GET: {@code /} for the page itself, {@code /page.css}, {@code /page.js}, {@code /icon.svg}; 404 for
     * others. They name one another without a folder, so that they may lie in any.
     */
    public Answer file(String path) {
        Optional<PageFile> found = PageFile.of(path);
        if (found.isEmpty()) {
            return problem(Refused.noPath("There is no path " + path + "."));
        }
        PageFile file = found.get();
        return answer(200, file.mediaType(), Map.of("Cache-Control", "no-cache"), file.text());
    }

    /**
     * What the page asks, by a POST with JSON beside its files.
     *
     * @param question the last part of {@code v1/workbench/read}, {@code v1/workbench/evaluate}, {@code v1/workbench/java}
     * @param json the body
     */
    public Answer ask(String question, String json) {
        try {
            if (json.length() > MOST_CHARACTERS) {
                throw Refused.tooLarge("A request may have " + MOST_CHARACTERS
                        + " characters, and this one has more.\n  Send less at once.");
            }
            Map<String, Object> found = new Questions(opened(), MOST_EXAMPLES)
                    .ask(question, Fields.of(json))
                    .join();
            return answer(200, "application/json", Map.of("Cache-Control", "no-store"), Json.write(found));
        } catch (RuntimeException e) {
            return problem(e);
        }
    }

    private Workbench opened() {
        opening.lock();
        try {
            if (closed) {
                throw OneByOne.closed();
            }
            Workbench present = workbench;
            if (present == null) {
                present = new Workbench(model.get(), DEADLINE);
                workbench = present;
            }
            return present;
        } finally {
            opening.unlock();
        }
    }

    private static Answer problem(RuntimeException failure) {
        HttpProblem problem = HttpProblem.of(failure);
        Map<String, String> headers = new LinkedHashMap<>(problem.headers());
        headers.put("Cache-Control", "no-store");
        return answer(problem.status(), HttpProblem.MEDIA_TYPE, headers, Json.write(problem.body()));
    }

    private static Answer answer(int status, String mediaType, Map<String, String> more, String body) {
        Map<String, String> headers = new LinkedHashMap<>(PageFile.HEADERS);
        headers.put("Content-Type", mediaType);
        headers.putAll(more);
        return new Answer(status, Map.copyOf(headers), body);
    }

    /** Answers what has been asked and frees the model. */
    @Override
    public void close() {
        Workbench last;
        opening.lock();
        try {
            closed = true;
            last = workbench;
            workbench = null;
        } finally {
            opening.unlock();
        }
        if (last != null) {
            last.close();
        }
    }
}
