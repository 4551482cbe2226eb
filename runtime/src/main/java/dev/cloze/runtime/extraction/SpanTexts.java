package dev.cloze.runtime.extraction;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.tuning.SpanTask;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The texts of a task's inputs whose spans are labelled. */
final class SpanTexts<I, L> {

    private final String path;
    private final Function<? super I, ? extends @Nullable Object> accessor;

    /** {@code TEMPLATE_MISSING_SPAN} or {@code TEMPLATE_REPEATED_SPANS} where the task doesn't mark one text. */
    SpanTexts(ExtractionTask<I, L> task) {
        this.path = SpanTask.path(task);
        Function<? super I, ? extends @Nullable Object> declared =
                task.placeholders().get(path);
        if (declared == null) {
            throw new ClozeException(
                    Problem.TEMPLATE_UNKNOWN_PLACEHOLDER,
                    "The template names the text {" + path + "|spans}, which " + task.name()
                            + " has no way to read.\n  Declare the placeholder, or let the annotation processor do so.");
        }
        this.accessor = declared;
    }

    /** Throws as the constructor. */
    static <I, L> void require(ExtractionTask<I, L> task) {
        var unused = new SpanTexts<>(task);
    }

    /** The placeholder that they stand at. */
    String path() {
        return path;
    }

    /** The text of one input, which an error calls so. */
    String of(@Nullable I input, String called) {
        return PlaceholderValues.of(input, called, Map.of(path, accessor)).getOrDefault(path, "");
    }
}
