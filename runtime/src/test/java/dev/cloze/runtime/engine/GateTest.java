package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who is let in while somebody closes. */
class GateTest {

    private final Gate gate = new Gate();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch mayLeave = new CountDownLatch(1);
    private final AtomicBoolean freed = new AtomicBoolean();

    @Test
    void whoComesWhileOneWaitsToCloseIsRefusedAtOnceAndWhoIsInsideGoesOn() throws Exception {
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> gate.inside(this::staying, "review"));
        inside.await();
        Thread closer = new Thread(() -> gate.close(() -> freed.set(true)));
        closer.start();
        while (closer.getState() != Thread.State.WAITING) {
            TimeUnit.MILLISECONDS.sleep(5);
        }

        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> gate.inside(() -> "in", "review"));
        assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.PIPELINE_CLOSED));
        assertThat(freed).as("while one is inside").isFalse();

        mayLeave.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("in again");
        closer.join(10_000);
        assertThat(freed).isTrue();
    }

    private String staying() {
        inside.countDown();
        try {
            mayLeave.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return gate.inside(() -> "in again", "review");
    }
}
