package dev.cloze.runtime.tuning.loop;

import dev.cloze.runtime.backbone.Backbone;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One task's examples in a training of several tasks, which are known by position. */
public interface TaskExamples {

    /** How many there are to learn from. */
    int size();

    /** The share of them that was cut, 0 to 1. */
    double cutShare();

    /** What the trained weights depend on, beside the options. */
    Map<String, String> identity();

    /** What is made small. */
    Objective.Plan objective();

    /**
     * The same with what a teacher says of the examples; it stays the caller's.
     *
     * @param weight of what it says, above 0
     */
    Objective.Plan objective(Backbone teacher, double weight);

    /** How good a backbone is on the development examples, of which there is one at least: 0 to 1. */
    ToDoubleFunction<Backbone> devScore();
}
