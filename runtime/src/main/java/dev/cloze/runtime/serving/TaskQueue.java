package dev.cloze.runtime.serving;

import dev.cloze.runtime.EngineSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The requests of one task, which wait in the order in which they came. Its lane guards it.
 *
 * @param <R> the kind of requests
 */
final class TaskQueue<R extends Request<?>> {

    private final String task;
    private final EngineSettings settings;
    private final boolean together;
    private final Function<List<R>, Runnable> answering;
    private final ArrayDeque<R> waiting = new ArrayDeque<>();
    private final Set<Request<?>> running = Collections.newSetFromMap(new IdentityHashMap<>());
    private List<R> taken = new ArrayList<>();
    private int open;
    private volatile boolean asksOnce;

    /** Whether nothing more is let in. */
    boolean closed;

    /**
     * An empty queue.
     *
     * @param task for messages
     * @param settings how many may wait, and for how long for others
     * @param together whether requests of one batch are answered in one piece, rather than each for itself
     * @param answering finds answers; what comes back hands them over
     */
    TaskQueue(String task, EngineSettings settings, boolean together, Function<List<R>, Runnable> answering) {
        this.task = task;
        this.settings = settings;
        this.together = together;
        this.answering = answering;
    }

    String task() {
        return task;
    }

    /** How many may wait. */
    int capacity() {
        return settings.capacity();
    }

    /** Nanoseconds that one waits for others. */
    long gathering() {
        return settings.gathering().toNanos();
    }

    /** How many wait or are being answered. */
    int open() {
        return open;
    }

    int waiting() {
        return waiting.size();
    }

    void add(List<R> requests) {
        waiting.addAll(requests);
        open += requests.size();
    }

    boolean withdraw(Request<?> request) {
        boolean was = waiting.remove(request);
        open -= was ? 1 : 0;
        return was;
    }

    /** Takes all that wait out of it, and says how many rows they have. */
    int clear() {
        int rows = waiting.stream().mapToInt(Request::rows).sum();
        open -= waiting.size();
        waiting.clear();
        return rows;
    }

    /** All that wait or are being answered. */
    List<Request<?>> all() {
        List<Request<?>> all = new ArrayList<>(waiting);
        all.addAll(running);
        return all;
    }

    /** They are not being answered any more. */
    void answered(List<? extends Request<?>> requests) {
        open -= requests.size();
        requests.forEach(running::remove);
    }

    /** Whether the last piece asked the backbone one question, as most do. */
    boolean asksOnce() {
        return asksOnce;
    }

    /** How many questions a piece asked. */
    void asked(int questions) {
        asksOnce = together && questions == 1;
    }

    /** Rows of the next one. */
    int nextRows() {
        return waiting.element().rows();
    }

    /** Moves the next one into the batch. */
    void takeNext() {
        R next = waiting.remove();
        taken.add(next);
        running.add(next);
    }

    /** What was taken, as pieces of work. */
    List<Piece> pieces() {
        List<R> all = taken;
        taken = new ArrayList<>();
        return together
                ? List.of(piece(all))
                : all.stream().map(request -> piece(List.of(request))).toList();
    }

    private Piece piece(List<R> requests) {
        int rows = requests.stream().mapToInt(Request::rows).sum();
        return new Piece(this, requests, rows, requests.get(0).rows(), () -> answering.apply(requests));
    }

    /**
     * Requests that are answered in one piece.
     *
     * @param rows of all together
     * @param width rows of each
     * @param work finds the answers; what comes back hands them over
     */
    record Piece(
            TaskQueue<?> queue, List<? extends Request<?>> requests, int rows, int width, Supplier<Runnable> work) {}
}
