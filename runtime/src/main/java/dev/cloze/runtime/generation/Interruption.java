package dev.cloze.runtime.generation;

import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.GenerationListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What ends all texts of a call at once: the listener, or the clock. */
final class Interruption {

    private final GenerationListener listener;
    private final long started = System.nanoTime();
    private final long nanos;

    Interruption(GenerationListener listener, @Nullable Duration deadline) {
        this.listener = listener;
        this.nanos = deadline == null ? Long.MAX_VALUE : saturated(deadline);
    }

    private static long saturated(Duration deadline) {
        try {
            return deadline.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE; // 292 years
        }
    }

    /** Why to stop now, or null to go on. */
    @Nullable
    FinishReason reason() {
        if (listener.isCancelled()) {
            return FinishReason.CANCELLED;
        }
        return System.nanoTime() - started >= nanos ? FinishReason.DEADLINE : null;
    }
}
