package dev.cloze.runtime.backbone.joint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where threads that ask one backbone wait for one another: when all who are present have asked, what they asked is answered
 * in one round, by the thread that came last.
 *
 * <p>Whoever is present keeps the others waiting while it does something else, so that nothing slow belongs in here: no code
 * of users, and nothing that waits for anything but the backbone.
 */
public final class Meeting {

    private final Consumer<List<Call<?>>> answering;
    private final ThreadLocal<Integer> width = ThreadLocal.withInitial(() -> 1);

    private List<Call<?>> waiting = new ArrayList<>();
    private int present;
    private boolean running;

    /** @param answering answers all calls of a round, in whatever order */
    Meeting(Consumer<List<Call<?>>> answering) {
        this.answering = answering;
    }

    /** Announces one more, who is waited for from now on until it has attended. */
    public synchronized void expect() {
        present++;
    }

    /**
     * Does the work of one who was expected, in this thread.
     *
     * @param rows how many rows each of its prompts may come to have: only what has equally many is written together
     */
    public <T> T attend(int rows, Supplier<T> work) {
        width.set(rows);
        try {
            return work.get();
        } finally {
            width.remove();
            leave();
        }
    }

    /** Takes back an announcement. */
    public void leave() {
        synchronized (this) {
            present--;
        }
        answerWhoAllWait();
    }

    /** How many rows each prompt of this thread may come to have. */
    int width() {
        return width.get();
    }

    /** Waits for the round that answers the call. */
    <R> R ask(Call<R> call) {
        synchronized (this) {
            waiting.add(call);
        }
        answerWhoAllWait();
        return call.await();
    }

    private void answerWhoAllWait() {
        for (List<Call<?>> round = nextRound(); !round.isEmpty(); round = nextRound()) {
            try {
                answering.accept(round);
            } finally {
                finish(round);
            }
        }
    }

    private synchronized List<Call<?>> nextRound() {
        if (running || waiting.isEmpty() || waiting.size() < present) {
            return List.of();
        }
        List<Call<?>> round = waiting;
        waiting = new ArrayList<>();
        running = true;
        return round;
    }

    /** Nobody is left waiting for ever, whatever went wrong. */
    private void finish(List<Call<?>> round) {
        synchronized (this) {
            running = false;
        }
        round.forEach(call -> call.fail(new IllegalStateException("a round ended without an answer")));
    }
}
