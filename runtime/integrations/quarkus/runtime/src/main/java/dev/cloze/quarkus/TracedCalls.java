package dev.cloze.quarkus;

import dev.cloze.runtime.application.Calls;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;

/** Each prediction a span {@code cloze.predict} beneath that of the request, with task, kind and how many inputs were asked at once. */
final class TracedCalls implements Calls {

    private static final String INSTRUMENTATION = "dev.cloze";

    private final Calls within;

    /** @param within what else is done around each call */
    TracedCalls(Calls within) {
        this.within = within;
    }

    @Override
    public <T> T prediction(Asked asked, int inputs, Supplier<T> call) {
        Span span = GlobalOpenTelemetry.getTracer(INSTRUMENTATION)
                .spanBuilder(NAME)
                .setAttribute("task", asked.name())
                .setAttribute("kind", asked.kindTag())
                .setAttribute("inputs", inputs)
                .startSpan();
        try (Scope current = span.makeCurrent()) {
            return within.prediction(asked, inputs, call);
        } catch (RuntimeException | Error e) {
            span.recordException(e);
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }

    @Override
    public <T> T other(Asked asked, Supplier<T> call) {
        return within.other(asked, call);
    }
}
