package dev.cloze.runtime.tuning.linear;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Finds the minimum of a smooth convex function by limited-memory BFGS (Liu and Nocedal 1989, algorithm 2.1), with the last
 * ten steps and a line search that halves the step until it gains what Armijo asks.
 */
final class Lbfgs {

    private static final int MEMORY = 10;
    private static final double ARMIJO = 1e-4;
    private static final double SHORTEST = 1e-12;

    /** A function with its gradient. */
    interface Objective {

        /** The value at a point; sets the gradient there. */
        double at(double[] point, double[] gradient);
    }

    private record Step(double[] point, double[] gradient, double curvature) {}

    private final Objective objective;
    private final Deque<Step> steps = new ArrayDeque<>();
    private double[] point;
    private double[] gradient;
    private double value;

    private Lbfgs(Objective objective, double[] start) {
        this.objective = objective;
        this.point = start.clone();
        this.gradient = new double[start.length];
        this.value = objective.at(point, gradient);
    }

    /**
     * The minimum, from this start on.
     *
     * @param tolerance of each element of the gradient; reached, or as near as rounding allows
     * @param mostIterations after which the best point so far is taken
     */
    static double[] minimum(Objective objective, double[] start, double tolerance, int mostIterations) {
        Lbfgs search = new Lbfgs(objective, start);
        for (int i = 0; i < mostIterations && greatest(search.gradient) > tolerance; i++) {
            if (!search.step()) {
                break;
            }
        }
        return search.point;
    }

    /** One step downhill; false where no step gains anything that can be told from rounding. */
    private boolean step() {
        double[] direction = direction();
        double slope = dot(direction, gradient);
        double[] nextGradient = new double[point.length];
        for (double length = firstLength(); length > SHORTEST; length /= 2) {
            double[] next = plus(point, length, direction);
            double nextValue = objective.at(next, nextGradient);
            if (nextValue <= value + ARMIJO * length * slope) {
                boolean gained = nextValue < value;
                remember(plus(next, -1, point), plus(nextGradient, -1, gradient));
                point = next;
                gradient = nextGradient;
                value = nextValue;
                return gained;
            }
        }
        return false;
    }

    /** Without a memory of the curvature, the first step has the length 1 at most. */
    private double firstLength() {
        return steps.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    }

    private void remember(double[] move, double[] change) {
        double curvature = dot(move, change);
        if (curvature > 0) {
            steps.addLast(new Step(move, change, curvature));
            if (steps.size() > MEMORY) {
                steps.removeFirst();
            }
        }
    }

    /** Minus the gradient times the inverse Hessian as the last steps tell it, by two loops over them. */
    private double[] direction() {
        double[] q = gradient.clone();
        double[] shares = new double[steps.size()];
        int i = steps.size();
        for (Iterator<Step> back = steps.descendingIterator(); back.hasNext(); ) {
            Step step = back.next();
            shares[--i] = dot(step.point(), q) / step.curvature();
            add(q, -shares[i], step.gradient());
        }
        Step last = steps.peekLast();
        scale(q, last == null ? -1 : -last.curvature() / dot(last.gradient(), last.gradient()));
        for (Step step : steps) {
            double share = dot(step.gradient(), q) / step.curvature();
            add(q, -shares[i++] - share, step.point());
        }
        return q;
    }

    private static double greatest(double[] vector) {
        double greatest = 0;
        for (double element : vector) {
            greatest = Math.max(greatest, Math.abs(element));
        }
        return greatest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] plus(double[] a, double factor, double[] b) {
        double[] sum = a.clone();
        add(sum, factor, b);
        return sum;
    }

    private static void add(double[] a, double factor, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += factor * b[i];
        }
    }

    private static void scale(double[] a, double factor) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }
}
