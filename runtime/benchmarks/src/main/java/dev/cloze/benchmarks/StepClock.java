package dev.cloze.benchmarks;

import dev.cloze.runtime.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Hears when each step of a training ends. */
final class StepClock implements TrainingListener {

    private final List<Long> ends = new ArrayList<>();

    @Override
    public void onStep(StepEnded step) {
        ends.add(System.nanoTime());
    }

    /** What the steps took that followed so many, from one to the next. */
    double secondsAfter(int warmUp) {
        return seconds(warmUp, ends.size() - warmUp);
    }

    /** What so many steps took that followed the first ones, from one to the next. */
    double seconds(int first, int steps) {
        return (ends.get(first + steps - 1) - ends.get(first - 1)) / 1e9;
    }
}
