package dev.cloze.runtime.classification;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.tuning.UnlabeledValues;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A caller's inputs without labels as methods see them. Where a file or a connection fails that they come from, that is told as
 * the source's failure, and not taken for one of what is done with them.
 *
 * @param inputs hands each to what it is given; may be gone through several times
 * @param placeholders how their values are taken
 * @param <I> the task class
 */
record UnlabeledSource<I>(
        Consumer<Consumer<? super I>> inputs, Map<String, Function<? super I, ? extends @Nullable Object>> placeholders)
        implements UnlabeledValues {

    private static final String KIND = "unlabelled input ";

    @Override
    public void forEach(Consumer<Map<String, String>> each) {
        Handing handing = new Handing(each);
        try {
            inputs.accept(handing);
        } catch (UncheckedIOException e) {
            // An interrupt closes the file that is read: that is a stop.
            throw e == handing.failure || Thread.currentThread().isInterrupted()
                    ? e
                    : unreadable(handing.number + 1, e);
        }
    }

    /** Hands inputs on, and knows what has failed with those that take them. */
    private final class Handing implements Consumer<I> {
        private final Consumer<Map<String, String>> each;
        private long number;
        private @Nullable UncheckedIOException failure;

        Handing(Consumer<Map<String, String>> each) {
            this.each = each;
        }

        @Override
        public void accept(I input) {
            number++;
            Map<String, String> values = PlaceholderValues.of(input, KIND + number, placeholders);
            try {
                each.accept(values);
            } catch (UncheckedIOException e) {
                failure = e;
                throw e;
            }
        }
    }

    private static ClozeException unreadable(long number, UncheckedIOException failure) {
        String cure = failure.getCause() instanceof CharacterCodingException
                ? "Its file has another encoding than it is read with: name its charset, as in Files.lines(path, charset). A"
                        + " reader reads ahead, so that the place may be a later one."
                : "No training has begun: correct what they come from, and call again.";
        return new ClozeException(
                Problem.DATA_UNREADABLE,
                "What gives the unlabelled inputs failed at " + KIND + number + ": " + failure.getCause() + ".\n  "
                        + cure,
                failure);
    }
}
