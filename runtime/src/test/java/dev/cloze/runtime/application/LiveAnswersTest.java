package dev.cloze.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Monitors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveAnswersTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch whole = new CountDownLatch(1);
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final LiveAnswers<AutoCloseable> live = new LiveAnswers<>("Review", this::slowly);

    private AutoCloseable slowly() {
        begun.countDown();
        try {
            whole.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        opened.incrementAndGet();
        return closed::incrementAndGet;
    }

    @Test
    void whoLooksDoesNotWaitForWhatIsBeingOpened() throws Exception {
        CompletableFuture<AutoCloseable> first = CompletableFuture.supplyAsync(live::open);
        begun.await();
        assertThat(live.isClosed()).isFalse();
        assertThat(live.present()).isEmpty();
        CompletableFuture<AutoCloseable> second = CompletableFuture.supplyAsync(live::open);
        whole.countDown();
        assertThat(second.get(20, TimeUnit.SECONDS)).isSameAs(first.get(20, TimeUnit.SECONDS));
        assertThat(opened).hasValue(1);
        live.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void noMonitorIsHeldWhileSomethingIsOpened() throws Exception {
        Thread opener = new Thread(live::reload); // which opens it, as it is the first
        opener.start();
        begun.await();
        assertThat(Monitors.heldBy(opener)).doesNotContain(LiveAnswers.class.getName());
        whole.countDown();
        opener.join();
        assertThat(opened).hasValue(1);
        live.close();
    }

    @Test
    void whatIsBeingOpenedWhileAllIsClosedIsClosedToo() throws Exception {
        CompletableFuture<AutoCloseable> first = CompletableFuture.supplyAsync(live::open);
        begun.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(live::close);
        while (!live.isClosed()) {
            Thread.onSpinWait();
        }
        assertThat(closing).as("waits for what is being opened").isNotDone();
        whole.countDown();
        closing.get(20, TimeUnit.SECONDS);
        assertThat(closed).hasValue(1);
        assertThatThrownBy(first::join).cause().isInstanceOfSatisfying(ClozeException.class, e -> assertThat(
                        e.problem())
                .isEqualTo(Problem.PIPELINE_CLOSED));
    }
}
