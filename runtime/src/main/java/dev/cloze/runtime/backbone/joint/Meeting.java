package dev.cloze.runtime.backbone.joint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where threads that ask one backbone wait for one another: when all who are present have asked, what they asked is answered
 * in one round, by the thread that came last.
 *
 * <p>Whoever is present keeps the others waiting while it does something else, so that nothing slow belongs in here: no code
 * of users, and nothing that waits for anything but the backbone.
 */
public final class Meeting {

    private static final Executor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), DaemonThreads.named("together"));

    private final Consumer<List<Call<?>>> answering;
    private final ThreadLocal<@Nullable Seat> seats = new ThreadLocal<>();
    private final ThreadLocal<@Nullable Deque<Runnable>> works = new ThreadLocal<>();

    private List<Call<?>> waiting = new ArrayList<>();
    private int present;
    private int kept;
    private boolean running;

    /** @param answering answers all calls of a round, in whatever order */
    Meeting(Consumer<List<Call<?>>> answering) {
        this.answering = answering;
    }

    /** One in which nobody asks together: whoever attends works by itself. */
    public static Meeting ofNobody() {
        return new Meeting(calls -> {
            throw new IllegalStateException("nobody answers " + calls.size() + " calls");
        });
    }

    /** Announces one more, who is waited for from now on until it has attended. */
    public synchronized void expect() {
        present++;
    }

    /**
     * Does the work of one who was expected, in this thread.
     *
     * @param rows how many rows each of its prompts may come to have: only what has equally many is written together
     * @param asked hears how many questions it asked
     */
    public <T> T attend(int rows, Supplier<T> work, IntConsumer asked) {
        Seat seat = new Seat(rows, 0);
        try {
            return attend(seat, work);
        } finally {
            asked.accept(seat.asked);
        }
    }

    /**
     * Does several works, each of which attends, in this thread alone: while one waits for an answer the next is begun, so that no
     * other thread has to be woken. A work that asks twice is answered the second time without those that it keeps waiting.
     *
     * @param each which throws nothing; no more than a thread's stack can hold, some dozens
     */
    public void inTurn(List<Runnable> each) {
        Deque<Runnable> before = works.get();
        Deque<Runnable> own = new ArrayDeque<>(each);
        works.set(own);
        try {
            while (!own.isEmpty()) {
                own.remove().run();
            }
        } finally {
            if (before == null) {
                works.remove();
            } else {
                works.set(before);
            }
        }
    }

    private <T> T attend(Seat seat, Supplier<T> work) {
        Seat before = seats.get();
        seats.set(seat);
        try {
            return work.get();
        } finally {
            restore(before);
            leave();
        }
    }

    private void restore(@Nullable Seat seat) {
        if (seat == null) {
            seats.remove();
        } else {
            seats.set(seat);
        }
    }

    /**
     * The results of several works at once, each in a thread of its own: what they ask is answered together, always in the order of
     * the works. The thread that asks for them does one itself, and while it waits for the others nobody waits for it.
     *
     * @throws RuntimeException that of the first work that fails, when all have ended
     */
    <T> List<T> together(List<Supplier<T>> works) {
        Seat own = seats.get();
        int rows = own == null ? 1 : own.rows();
        works.forEach(any -> expect());
        if (own != null) {
            leave();
        }
        try {
            List<CompletableFuture<T>> results = new ArrayList<>();
            for (int i = works.size() - 1; i > 0; i--) {
                results.add(0, inThread(new Seat(rows, i), works.get(i)));
            }
            results.add(0, here(new Seat(rows, 0), works.get(0)));
            return Call.results(results);
        } finally {
            if (own != null) {
                expect();
            }
        }
    }

    private <T> CompletableFuture<T> inThread(Seat seat, Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> attend(seat, work), THREADS);
        } catch (RuntimeException | Error e) { // such as no memory for a thread
            leave();
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> CompletableFuture<T> here(Seat seat, Supplier<T> work) {
        try {
            return CompletableFuture.completedFuture(attend(seat, work));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
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
        Seat seat = seats.get();
        return seat == null ? 1 : seat.rows();
    }

    /** Waits for the round that answers the call. */
    <R> R ask(Call<R> call) {
        Seat seat = seats.get();
        if (seat != null) {
            call.placed(seat.place());
            seat.asked++;
        }
        synchronized (this) {
            call.seat = seat;
            waiting.add(call);
        }
        if (seat != null) {
            beginNext(seat);
        }
        answerWhoAllWait();
        try {
            return call.await();
        } finally {
            goOn(call);
        }
    }

    /** What else is to be done in this thread, on top of one who waits. */
    private void beginNext(Seat seat) {
        Deque<Runnable> more = works.get();
        while (more != null && !more.isEmpty()) {
            Runnable next = more.remove();
            cover(seat, true);
            try {
                next.run();
            } finally {
                cover(seat, false);
            }
        }
    }

    private synchronized void cover(Seat seat, boolean covered) {
        seat.covered = covered;
    }

    private synchronized void goOn(Call<?> call) {
        call.over = true;
        if (call.kept) {
            kept--;
        }
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
        if (running || waiting.isEmpty() || waiting.size() < present - kept) {
            return List.of();
        }
        List<Call<?>> round = waiting;
        round.sort(Comparator.comparingInt(Call::place)); // so that equal questions are laid out alike every time
        waiting = new ArrayList<>();
        running = true;
        return round;
    }

    /** Nobody is left waiting for ever, whatever went wrong. */
    private void finish(List<Call<?>> round) {
        synchronized (this) {
            running = false;
            for (Call<?> call : round) {
                if (call.seat != null && call.seat.covered && !call.over) {
                    call.kept = true; // it can't ask before the one on top of it has ended: nobody waits for it
                    kept++;
                }
            }
        }
        for (Call<?> call : round) {
            if (!call.isAnswered()) {
                call.fail(new IllegalStateException("a round ended without an answer"));
            }
        }
    }
}
