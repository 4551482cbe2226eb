package dev.cloze.runtime.serving;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.backbone.joint.DaemonThreads;
import dev.cloze.runtime.backbone.joint.Meeting;
import dev.cloze.runtime.serving.TaskQueue.Piece;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queues of many tasks before one backbone. A batch is filled by one request of each task in turn, however many a task has
 * waiting; each piece of it is answered by a thread of its own, all of which ask the backbone together.
 */
final class Lane {

    private final int mostRows;
    private final boolean oneByOne;
    private final Meeting meeting;
    private final ExecutorService threads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Queues with something in them, the one whose turn it is first. */
    private final ArrayDeque<TaskQueue<?>> turns = new ArrayDeque<>();

    private int waitingRows;
    private int rows;
    private long due;
    private long answered;
    private long refused;
    private long batches;
    private boolean closed;

    /**
     * A lane without queues.
     *
     * @param mostRows of all that is being answered
     * @param oneByOne whether a batch is begun when the one before has been answered, so that what comes meanwhile is one batch
     */
    Lane(String name, int mostRows, boolean oneByOne, Meeting meeting) {
        this(
                name,
                mostRows,
                oneByOne,
                meeting,
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        10,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        DaemonThreads.named(name)));
    }

    /** The same whose pieces are answered by those threads, which it shuts down. */
    Lane(String name, int mostRows, boolean oneByOne, Meeting meeting, ExecutorService threads) {
        this.mostRows = mostRows;
        this.oneByOne = oneByOne;
        this.meeting = meeting;
        this.threads = threads;
        DaemonThreads.named(name + "-queue").newThread(this::serve).start();
    }

    /**
     * Queues requests, all or none.
     *
     * @throws ClozeException SERVING_OVERLOADED, PIPELINE_CLOSED
     */
    <R extends Request<?>> void submit(TaskQueue<R> queue, List<R> requests) {
        lock.lock();
        try {
            if (closed || queue.closed) {
                throw isClosed(queue);
            }
            if (queue.waiting() + requests.size() > queue.capacity()) {
                refused += requests.size();
                throw overloaded(queue, requests.size());
            }
            if (queue.waiting() == 0 && !requests.isEmpty()) {
                turns.add(queue);
            }
            long itsDue = System.nanoTime() + queue.gathering();
            due = waitingRows == 0 || itsDue - due < 0 ? itsDue : due;
            queue.add(requests);
            requests.forEach(request -> waitingRows += request.rows());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        requests.forEach(request -> request.then(() -> withdraw(queue, request)));
    }

    private void withdraw(TaskQueue<?> queue, Request<?> request) {
        lock.lock();
        try {
            if (queue.withdraw(request)) {
                left(queue, request.rows());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Some have left the queue without having been taken. */
    private void left(TaskQueue<?> queue, int itsRows) {
        waitingRows -= itsRows;
        if (queue.waiting() == 0) {
            turns.remove(queue);
        }
        changed.signalAll();
    }

    private ClozeException overloaded(TaskQueue<?> queue, int more) {
        return new ClozeException(
                Problem.SERVING_OVERLOADED,
                queue.waiting() + " inputs of " + queue.task() + " wait already, and " + more
                        + (more == 1 ? " more is" : " more are") + " too many: at most " + queue.capacity()
                        + " may wait.\n"
                        + "  They come faster than they are answered, and a longer queue would only make all of them"
                        + " late.\n"
                        + "  Ask again later, ask from fewer threads, or raise EngineSettings.withCapacity.");
    }

    ClozeException isClosed(TaskQueue<?> queue) {
        return new ClozeException(
                Problem.PIPELINE_CLOSED,
                "This pipeline of " + queue.task() + " has been closed, or the engine that serves it has."
                        + "\n  Ask it before that, or add the pipeline to an engine that is open.");
    }

    private void serve() {
        for (List<Piece> batch = next(); !batch.isEmpty(); batch = next()) {
            batch.forEach(piece -> meeting.expect());
            List<Crew> refused = new ArrayList<>();
            for (Crew crew : Crew.of(batch)) {
                if (!isStarted(() -> answer(crew))) {
                    refused.add(crew);
                }
            }
            answerHere(refused);
        }
    }

    private void start(Runnable work) {
        if (!isStarted(work)) {
            work.run();
        }
    }

    private boolean isStarted(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RuntimeException | Error e) { // such as no memory for a thread
            return false;
        }
    }

    /** Answers crews without threads one after the other; nobody waits for one that is not begun, or all would for ever. */
    private void answerHere(List<Crew> crews) {
        crews.forEach(crew -> crew.pieces().forEach(piece -> meeting.leave()));
        List<Runnable> handing = new ArrayList<>();
        for (Crew crew : crews) {
            crew.pieces().forEach(piece -> meeting.expect());
            handing.addAll(found(crew).values());
        }
        handing.forEach(this::start); // so that no batch waits for a user
    }

    /** Answers are handed over when others are waited for no longer, as that may run code of users. */
    private void answer(Crew crew) {
        found(crew).forEach((piece, hand) -> {
            if (crew.pieces().size() > 1 && piece.requests().stream().anyMatch(Request::isFollowed)) {
                start(hand); // so that nobody waits for a user of another task
            } else {
                hand.run();
            }
        });
    }

    /** What hands over the answers of each piece. */
    private Map<Piece, Runnable> found(Crew crew) {
        Map<Piece, Runnable> handing = new LinkedHashMap<>();
        try {
            meeting.inTurn(crew.pieces().stream()
                    .<Runnable>map(piece -> () -> handing.put(piece, found(piece)))
                    .toList());
        } finally {
            answered(crew.end());
        }
        return handing;
    }

    private Runnable found(Piece piece) {
        return meeting.attend(piece.width(), piece.work(), piece.queue()::asked);
    }

    private void answered(List<Piece> pieces) {
        lock.lock();
        try {
            for (Piece piece : pieces) {
                rows -= piece.rows();
                answered += piece.requests().size();
                piece.queue().answered(piece.requests());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next batch, when there is one; none when the lane has been closed. */
    private List<Piece> next() {
        lock.lock();
        try {
            while (!closed) {
                int free = oneByOne && rows > 0 ? 0 : mostRows - rows;
                long left = due - System.nanoTime();
                if (waitingRows == 0 || free <= 0) {
                    changed.awaitUninterruptibly();
                } else if (waitingRows < free && left > 0) {
                    var unused = awaited(left);
                } else {
                    List<Piece> batch = take(free);
                    if (!batch.isEmpty()) {
                        batches++;
                        return batch;
                    }
                    changed.awaitUninterruptibly();
                }
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private long awaited(long nanos) {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            return 0; // nobody has a reason to interrupt this thread
        }
    }

    /** One of each task in turn, as long as there is room; where nothing is being answered, one in any case. */
    private List<Piece> take(int free) {
        Set<TaskQueue<?>> from = new LinkedHashSet<>();
        int left = free;
        while (!turns.isEmpty()) {
            TaskQueue<?> queue = turns.element();
            int more = queue.nextRows();
            if (more > left && rows > 0) {
                break;
            }
            turns.remove();
            queue.takeNext();
            from.add(queue);
            left -= more;
            rows += more;
            waitingRows -= more;
            if (queue.waiting() > 0) {
                turns.add(queue);
            }
        }
        List<Piece> pieces = new ArrayList<>();
        from.forEach(queue -> pieces.addAll(queue.pieces()));
        return pieces;
    }

    /** Lets nothing more into a queue and waits until all in it has been answered. */
    void drain(TaskQueue<?> queue) {
        lock.lock();
        try {
            queue.closed = true;
            due = System.nanoTime(); // nobody else will come that this is worth waiting for
            changed.signalAll();
            while (queue.open() > 0) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing more into a queue and refuses what waits in it or is being answered, which then ends soon. */
    void reject(TaskQueue<?> queue) {
        List<Request<?>> refused;
        lock.lock();
        try {
            queue.closed = true;
            refused = queue.all();
            left(queue, queue.clear());
        } finally {
            lock.unlock();
        }
        refused.forEach(request -> request.completeExceptionally(isClosed(queue)));
    }

    /** How many batches were begun. */
    long batches() {
        lock.lock();
        try {
            return batches;
        } finally {
            lock.unlock();
        }
    }

    /** Adds its own numbers to those of other lanes. */
    EngineStatus status(EngineStatus others, long passes) {
        lock.lock();
        try {
            return new EngineStatus(
                    others.tasks(),
                    others.waiting()
                            + turns.stream().mapToInt(TaskQueue::waiting).sum(),
                    others.rows() + rows,
                    others.answered() + answered,
                    others.refused() + refused,
                    others.passes() + passes);
        } finally {
            lock.unlock();
        }
    }

    /** Ends its threads; its queues have been drained. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        threads.shutdown();
    }
}
