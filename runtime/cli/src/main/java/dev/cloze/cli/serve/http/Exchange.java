package dev.cloze.cli.serve.http;

import dev.cloze.runtime.workbench.request.Fields;
import dev.cloze.runtime.workbench.request.HttpProblem;
import dev.cloze.runtime.workbench.request.Json;
import dev.cloze.runtime.workbench.request.Refused;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
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
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
public final class Exchange {

    private static final String BROKEN_OFF = Exchange.class.getName() + ".brokenOff";
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
        return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT).stream()
                .map(Exchange::withoutParameters)
                .anyMatch(mediaType::equals);
    }

    private static String withoutParameters(String mediaType) {
        return mediaType.toLowerCase(Locale.ROOT).split(";", -1)[0].strip();
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

    /** The body line by line, for one thread that waits for it. While that waits for answers, the connection may be silent. */
    public BoundedLines lines() {
        requireMediaType(LINES);
        request.addIdleTimeoutListener(silence -> false); // asked only where nothing is being read or written
        return new BoundedLines(new BodyBytes(request, limits.silence()), limits.bytes());
    }

    private Refused tooLarge() {
        return Refused.tooLarge("A request may have " + limits.bytes()
                + " bytes, and this one has more.\n  Send less at once, or have the server started with a larger"
                + " --max-body.");
    }

    private void requireMediaType(List<String> readable) {
        String said = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String[] type = (said == null ? "" : said.toLowerCase(Locale.ROOT)).split(";", -1);
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
            breakOff(failure);
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

    /** Ends an answer that nobody reads any more, so that whoever does read it sees that it is not whole. */
    public void breakOff(Throwable failure) {
        request.setAttribute(BROKEN_OFF, true);
        callback.failed(new Request.Handler.AbortException("the client has gone", failure));
    }

    /** Whether a request has been answered by {@link #breakOff}. */
    static boolean isBrokenOff(Request request) {
        return request.getAttribute(BROKEN_OFF) != null;
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
