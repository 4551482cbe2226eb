package dev.cloze.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.backbone.joint.Meeting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of pipelines that are replaced at once, and while their task is closed. */
@Timeout(60)
class DeskTest {

    private static final int AT_ONCE = 4;

    /** By each thread: so many that two meet between one's look at the present pipeline and its exchange. */
    private static final int EXCHANGES = 500_000;

    private final EngineSettings settings = EngineSettings.defaults();
    private final Lane lane = new Lane("desk", settings.rows(), false, Meeting.ofNobody());
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

    @AfterEach
    void free() {
        threads.shutdown();
        clock.shutdown();
        lane.close();
    }

    private static <A> Guest<A> guest(A answers, Runnable close) {
        return new Guest<>(
                answers,
                new Guest.Inside() {
                    @Override
                    public <T> T run(Supplier<T> work) {
                        return work.get();
                    }
                },
                close);
    }

    private Desk<String, Request<String>, String> desk(Runnable closeFirst) {
        Host<String, Request<String>, String> host =
                new Host<>(guest("first", closeFirst), (by, requests) -> List.of());
        TaskQueue<Request<String>> queue = new TaskQueue<>("task", settings, true, host::answer);
        return new Desk<>(lane, queue, host, settings, clock, desk -> {});
    }

    @Test
    void eachIsClosedOnceWhereManyAreReplacedAtOnce() throws Exception {
        AtomicIntegerArray closed = new AtomicIntegerArray(AT_ONCE * EXCHANGES + 1);
        Desk<String, Request<String>, String> desk = desk(() -> closed.incrementAndGet(0));
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < AT_ONCE; thread++) {
            int from = 1 + thread * EXCHANGES;
            running.add(threads.submit(() -> {
                for (int i = from; i < from + EXCHANGES; i++) {
                    int own = i;
                    desk.replace(guest("other", () -> closed.incrementAndGet(own)));
                }
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        desk.close();
        assertThat(IntStream.range(0, closed.length()).filter(i -> closed.get(i) != 1))
                .isEmpty();
    }

    @Test
    void closingWaitsForWhatIsBeingReplacedAndNothingIsReplacedAfterwards() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(1);
        AtomicInteger closed = new AtomicInteger();
        Desk<String, Request<String>, String> desk = desk(() -> {
            begun.countDown();
            await(freed);
            closed.incrementAndGet();
        });
        Future<?> replacing = threads.submit(() -> desk.replace(guest("second", closed::incrementAndGet)));
        begun.await();
        Future<?> closing = threads.submit(desk::close);
        assertThatThrownBy(() -> closing.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        freed.countDown();
        replacing.get();
        closing.get();
        assertThat(closed).hasValue(2);
        assertThatThrownBy(() -> desk.replace(guest("third", closed::incrementAndGet)))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.PIPELINE_CLOSED));
        assertThat(closed).as("the third stays its owner's").hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
