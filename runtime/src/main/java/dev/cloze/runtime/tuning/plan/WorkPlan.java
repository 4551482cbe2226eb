package dev.cloze.runtime.tuning.plan;

import java.util.List;
import java.util.Locale;

/** What a long work will do, known before it begins; {@link #toString} is a line to be read. */
public record WorkPlan(List<Step> steps) {

    public WorkPlan {
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param name unlike all others, a name that a folder can have
     * @param updates optimiser steps of its training; 0 where it trains nothing
     */
    public record Step(String name, int updates) {}

    /** How many trainings there are. */
    public int trainings() {
        return (int) steps.stream().filter(step -> step.updates() > 0).count();
    }

    /** Optimiser steps of all trainings. */
    public long updates() {
        return steps.stream().mapToLong(Step::updates).sum();
    }

    /** Optimiser steps of the trainings before this one. */
    public long updatesBefore(String name) {
        return steps.stream()
                .takeWhile(step -> !step.name().equals(name))
                .mapToLong(Step::updates)
                .sum();
    }

    /** The place of this step's training among all trainings, from 1. */
    public int trainingNumber(String name) {
        return 1
                + (int) steps.stream()
                        .takeWhile(step -> !step.name().equals(name))
                        .filter(step -> step.updates() > 0)
                        .count();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %,d optimiser steps in all: %s",
                trainings() == 1 ? "1 training" : trainings() + " trainings",
                updates(),
                String.join(", ", steps.stream().map(Step::name).toList()));
    }
}
