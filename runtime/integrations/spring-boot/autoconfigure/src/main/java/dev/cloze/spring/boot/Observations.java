package dev.cloze.spring.boot;

import dev.cloze.runtime.application.Calls;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;

/**
 * Each prediction observed as {@code cloze.predict}: a timer and a span from one source.
 *
 * @param registry who is told
 */
record Observations(Supplier<ObservationRegistry> registry) implements Calls {

    @Override
    public <T> T prediction(Asked asked, int inputs, Supplier<T> call) {
        return Observation.createNotStarted(NAME, registry.get())
                .contextualName(NAME + " " + asked.name())
                .lowCardinalityKeyValues(KeyValues.of("task", asked.name(), "kind", asked.kindTag()))
                .highCardinalityKeyValue("inputs", Integer.toString(inputs))
                .observe(call);
    }
}
