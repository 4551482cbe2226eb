package dev.cloze.cli.serve.http;

import dev.cloze.runtime.workbench.request.Fields;
import dev.cloze.runtime.workbench.request.HttpProblem;
import dev.cloze.runtime.workbench.request.Json;
import dev.cloze.runtime.workbench.request.Refused;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
public final class Exchange {

    private static final String JSON = "application/json";
    private static final List<String> LINES = List.of("application/x-ndjson", "application/jsonl");

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Map<String, String> parts;
    private final Limits limits;
    private final HangUps hangUps;

    Exchange(
            Request request,
            Response response,
            Callback callback,
            Map<String, String> parts,
            Limits limits,
            HangUps hangUps) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.parts = parts;
        this.limits = limits;
        this.hangUps = hangUps;
    }

    /** A part of the path by the route's name for it. */
    public String part(String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }

    /** Whether the client asks for this media type. */
    public boolean accepts(String mediaType) {
        return request.getHeaders().getValuesList(HttpHeader.ACCEPT).stream()
                .anyMatch(each -> each.startsWith(mediaType));
    }

    /** The body, once it is there; it fails as {@link Refused} where it is no JSON object of the size that is taken. */
    public CompletableFuture<Fields> fields() {
        requireMediaType(List.of(JSON));
        if (request.getLength() > limits.bytes()) {
            throw tooLarge();
        }
        CompletableFuture<byte[]> body = Content.Source.asByteArrayAsync(request, limits.bytes())
                .orTimeout(limits.patience().toNanos(), TimeUnit.NANOSECONDS);
        return body.handle((bytes, failure) -> {
            if (failure instanceof TimeoutException) {
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
                throw Refused.tooSlow(
                        "The request was not there as a whole after "
                                + limits.patience().toMillis()
                                + " ms.\n  Send it faster, or less at once, or have the server started with a longer --timeout.");
            }
            if (failure instanceof IllegalStateException
                    || (failure != null && failure.getCause() instanceof IllegalStateException)) {
                throw tooLarge();
            }
            if (failure != null) {
                throw Refused.unreadable("The request broke off.\n  Send as many bytes as its length says.");
            }
            return Fields.of(Json.object(bytes));
        });
    }

    /** The body line by line, for one thread that waits for it. */
    public BoundedLines lines() {
        requireMediaType(LINES);
        InputStream bytes = Content.Source.asInputStream(request);
        return new BoundedLines(
                new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder())), limits.bytes());
    }

    private Refused tooLarge() {
        return Refused.tooLarge("A request may have " + limits.bytes()
                + " bytes, and this one has more.\n  Send less at once, or have the server started with a larger"
                + " --max-body.");
    }

    private void requireMediaType(List<String> readable) {
        String said = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String[] type = said == null
                ? new String[] {""}
                : said.toLowerCase(java.util.Locale.ROOT).split(";");
        boolean foreign = type.length > 1 && type[1].contains("charset=") && !type[1].contains("utf-8");
        if (!readable.contains(type[0].strip()) || foreign) {
            throw Refused.mediaType("The request's media type is " + (said == null ? "not said" : "\"" + said + "\"")
                    + ", which is not read here.\n  Send \"Content-Type: " + readable.get(0) + "\".");
        }
    }

    /** Answers with a value as JSON. */
    public void json(Object value) {
        send(200, JSON, Map.of(), Json.write(value));
    }

    /** Answers with a text. */
    public void text(String mediaType, String text) {
        send(200, mediaType, Map.of(), text);
    }

    /** Answers with bytes. */
    public void bytes(String mediaType, byte[] bytes, Map<String, String> headers) {
        head(200, mediaType, headers);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    /**
     * Asks once the body is there, and answers by what comes, or by why it doesn't, in a thread of this executor. What is asked is cancelled
     * where the client hangs up before that.
     */
    public void answer(Function<Fields, ? extends CompletableFuture<?>> asking, Executor executor) {
        var unused = fields().whenComplete((fields, failure) -> {
            CompletableFuture<?> asked =
                    failure == null ? asked(asking, fields) : CompletableFuture.failedFuture(failure);
            hangUps.watch(request, asked);
            var later = asked.whenCompleteAsync(this::answered, executor);
        });
    }

    /** What is cancelled where the client hangs up before it is completed; the request has been read. */
    public CompletableFuture<Boolean> watched() {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        hangUps.watch(request, answered);
        return answered;
    }

    private static CompletableFuture<?> asked(Function<Fields, ? extends CompletableFuture<?>> asking, Fields fields) {
        try {
            return asking.apply(fields);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answered(@Nullable Object found, @Nullable Throwable failure) {
        if (failure instanceof CancellationException) {
            breakOff(new EofException("the client has gone"));
        } else if (failure != null) {
            fail(failure);
        } else {
            json(Objects.requireNonNull(found));
        }
    }

    /** Says why there is no answer. */
    public void fail(Throwable failure) {
        HttpProblem problem = HttpProblem.of(failure);
        if (response.isCommitted()) {
            callback.failed(failure);
            return;
        }
        send(problem.status(), HttpProblem.MEDIA_TYPE, problem.headers(), Json.write(problem.body()));
    }

    /** Opens an answer that is written as it comes; {@link #end()} ends it. */
    public OutputStream open(String mediaType) {
        head(200, mediaType, Map.of("X-Accel-Buffering", "no"));
        return Content.Sink.asOutputStream(response);
    }

    /** Ends an answer whose stream has been closed. */
    public void end() {
        callback.succeeded();
    }

    /** Ends an answer that could not be written on. */
    public void breakOff(Throwable failure) {
        callback.failed(failure);
    }

    private void send(int status, String mediaType, Map<String, String> headers, String text) {
        head(status, mediaType, headers);
        Content.Sink.write(response, true, text, callback);
    }

    private void head(int status, String mediaType, Map<String, String> headers) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
        if (!headers.containsKey("Cache-Control")) {
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        }
        headers.forEach((name, value) -> response.getHeaders().put(name, value));
    }
}
