package dev.cloze.runtime.serving;

import dev.cloze.runtime.serving.TaskQueue.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Pieces of a batch that one thread answers in turn: to wake a thread for each takes longer than what a small one does. */
final class Crew {

    /** Pieces that lie on one thread's stack, each waiting on top of the other. */
    private static final int MOST = 32;

    private final List<Piece> pieces;
    private final List<Piece> all;
    private final AtomicInteger working;

    /**
     * One of several.
     *
     * @param all the pieces of all of them
     * @param working how many have not ended
     */
    private Crew(List<Piece> pieces, List<Piece> all, AtomicInteger working) {
        this.pieces = pieces;
        this.all = all;
        this.working = working;
    }

    /** Pieces of tasks that ask once, shared out among the processors; each of the others by itself. */
    static List<Crew> of(List<Piece> batch) {
        List<Crew> crews = new ArrayList<>();
        List<Piece> once = new ArrayList<>();
        for (Piece piece : batch) {
            if (piece.queue().asksOnce()) {
                once.add(piece);
            } else {
                crews.add(new Crew(List.of(piece), List.of(piece), new AtomicInteger(1)));
            }
        }
        int processors = Runtime.getRuntime().availableProcessors();
        int size = Math.max(1, Math.min(MOST, (once.size() + processors - 1) / processors));
        AtomicInteger working = new AtomicInteger((once.size() + size - 1) / size);
        for (int from = 0; from < once.size(); from += size) {
            crews.add(new Crew(once.subList(from, Math.min(once.size(), from + size)), once, working));
        }
        return crews;
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** Ends, and gives the pieces that are answered now: all at once, so that what waits for their room is one batch again. */
    List<Piece> end() {
        return working.decrementAndGet() == 0 ? all : List.of();
    }
}
