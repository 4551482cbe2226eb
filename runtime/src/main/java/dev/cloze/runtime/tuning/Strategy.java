package dev.cloze.runtime.tuning;

import dev.cloze.annotations.TuningMethod;

/**
 * A tuning method. It serves the kinds of task whose interfaces it implements, {@link ClassificationStrategy}, {@link
 * RegressionStrategy}, {@link ExtractionStrategy}, {@link ClozeStrategy} and {@link TextStrategy}, for each of which {@link
 * dev.cloze.annotations.method.MethodTable} has a row.
 *
 * <p>Found by the service loader; it needs a public constructor without arguments and has no state.
 */
public interface Strategy {

    /** Its name in annotations and archives. */
    TuningMethod method();
}
