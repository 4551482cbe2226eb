package dev.cloze.runtime.tuning.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What a long work will do, known before it begins; {@link #toString} is a line to be read. */
public record WorkPlan(List<Step> steps) {

    public WorkPlan {
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param name unlike all others, a name that a folder can have
     * @param updates optimizer steps of its training; 0 where it trains nothing
     * @param more work behind the training that takes as long as so many steps
     */
    public record Step(String name, int updates, int more) {

        /** A step without work behind its training. */
        public Step(String name, int updates) {
            this(name, updates, 0);
        }
    }

    /** The same where these steps have so much work behind their trainings. */
    public WorkPlan behind(Predicate<String> names, int more) {
        return new WorkPlan(steps.stream()
                .map(step -> names.test(step.name()) ? new Step(step.name(), step.updates(), more) : step)
                .toList());
    }

    /** All work, counted in optimizer steps. */
    public long work() {
        return steps.stream()
                .mapToLong(step -> step.updates() + (long) step.more())
                .sum();
    }

    /** That before this step's training. */
    public long workBefore(String name) {
        return steps.stream()
                .takeWhile(step -> !step.name().equals(name))
                .mapToLong(step -> step.updates() + (long) step.more())
                .sum();
    }

    /** This step's. */
    public Optional<Step> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /** How many trainings there are. */
    public int trainings() {
        return (int) steps.stream().filter(step -> step.updates() > 0).count();
    }

    /** Optimizer steps of all trainings. */
    public long updates() {
        return steps.stream().mapToLong(Step::updates).sum();
    }

    /** Optimizer steps of the trainings before this one. */
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
                "%s, %,d optimizer steps in all: %s",
                trainings() == 1 ? "1 training" : trainings() + " trainings",
                updates(),
                String.join(", ", steps.stream().map(Step::name).toList()));
    }
}
