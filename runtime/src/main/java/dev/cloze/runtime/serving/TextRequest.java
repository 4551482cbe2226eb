package dev.cloze.runtime.serving;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An input that waits for its texts. What is written of them is kept until whoever asked hears it in a thread of their own, so
 * that a slow listener holds nobody up; it is no more than the texts themselves.
 */
final class TextRequest extends Request<List<Generated>> {

    /** How often a listener is asked whether to stop while it hears nothing. */
    private static final long BETWEEN_MILLIS = 10;

    private final long asked = System.nanoTime();
    private final GenerationOptions options;
    private final boolean heard;
    private final BlockingQueue<Optional<String>> pieces = new LinkedBlockingQueue<>();
    private volatile boolean stopped;

    /** @param heard whether somebody will {@link #hear} it */
    TextRequest(Map<String, String> values, GenerationOptions options, boolean heard) {
        super(values, Math.max(options.beams(), options.sequences()));
        this.options = options;
        this.heard = heard;
        if (heard) {
            var unused = whenComplete((texts, error) -> pieces.add(Optional.empty()));
        }
    }

    /** Those it is written by now: what it has waited is off its deadline, which is of the whole call. */
    GenerationOptions options() {
        Duration deadline = options.deadline();
        if (deadline == null) {
            return options;
        }
        Duration left = deadline.minusNanos(System.nanoTime() - asked);
        return options.withDeadline(left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left);
    }

    /** Keeps what is written, and ends a text that nobody waits for any more. */
    GenerationListener writing() {
        return new GenerationListener() {
            @Override
            public void onText(int prompt, String piece) {
                if (heard) {
                    pieces.add(Optional.of(piece));
                }
            }

            @Override
            public boolean isCancelled() {
                return stopped || isDone();
            }
        };
    }

    /** Lets the listener hear the text in this thread until it is finished, or its listener has failed. */
    void hear(GenerationListener listener) throws InterruptedException {
        try {
            while (true) {
                Optional<String> piece = pieces.poll(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
                if (piece != null) {
                    if (piece.isEmpty()) {
                        return;
                    }
                    listener.onText(0, piece.get());
                }
                stopped |= listener.isCancelled();
            }
        } catch (RuntimeException | Error | InterruptedException e) {
            cancel(true);
            throw e;
        }
    }
}
