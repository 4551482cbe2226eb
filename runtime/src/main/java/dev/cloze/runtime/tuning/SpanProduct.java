package dev.cloze.runtime.tuning;

import java.util.List;
import java.util.Map;

/** A product that finds spans. */
public interface SpanProduct extends Product {

    /**
     * The answers, in the order of the inputs; it makes its own batches.
     *
     * @param inputs for each, the text of every placeholder by path; an element may be computed when it is asked for
     */
    List<SpanAnswer> answer(List<Map<String, String>> inputs);
}
