package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.progress.ProgressStyle;

/** Shows how a training goes, see {@link ProgressStyle#here}. */
public final class ProgressDisplay {

    private ProgressDisplay() {}

    /** The listener that suits this process. */
    public static TrainingListener listener() {
        return switch (ProgressStyle.here()) {
            case BAR -> new ProgressBarListener();
            case LOG -> new LogListener();
            case OFF -> new TrainingListener() {};
        };
    }
}
