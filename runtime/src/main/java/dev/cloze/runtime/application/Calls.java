package dev.cloze.runtime.application;

import dev.cloze.annotations.method.TaskKind;
import java.util.Locale;
import java.util.function.Supplier;

/** What a framework does around each call of a pipeline: it may time it, or refuse it. */
public interface Calls {

    /** The name of what is timed. */
    String NAME = "cloze.predict";

    /** Does nothing around them. */
    Calls PLAIN = new Calls() {};

    /**
     * Who is asked.
     *
     * @param name the task's name in the settings
     * @param kind what it asks of the model
     */
    record Asked(String name, TaskKind kind) {

        /** The kind as tags have it, such as {@code classification}. */
        public String kindTag() {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Around a prediction.
     *
     * @param inputs how many are asked at once
     */
    default <T> T prediction(Asked asked, int inputs, Supplier<T> call) {
        return other(asked, call);
    }

    /** Around what is no prediction, such as an evaluation. */
    default <T> T other(Asked asked, Supplier<T> call) {
        return call.get();
    }
}
