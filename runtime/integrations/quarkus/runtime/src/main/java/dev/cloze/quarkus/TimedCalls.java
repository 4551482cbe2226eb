package dev.cloze.quarkus;

import dev.cloze.runtime.application.Calls;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** Each prediction timed as {@code cloze.predict}, tagged by task, kind and error. */
final class TimedCalls implements Calls {

    @Override
    public <T> T prediction(Asked asked, int inputs, Supplier<T> call) {
        Timer.Sample sample = Timer.start(Metrics.globalRegistry);
        String error = "none";
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            error = e.getClass().getSimpleName();
            throw e;
        } finally {
            sample.stop(Timer.builder(NAME)
                    .description("Calls of pipelines.")
                    .tag("task", asked.name())
                    .tag("kind", asked.kindTag())
                    .tag("error", error)
                    .register(Metrics.globalRegistry));
        }
    }
}
