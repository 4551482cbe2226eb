package dev.cloze.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How long is waited for what stops. */
class StoppingTest {

    @Test
    void whatIsNotAnsweredInTimeGoesOnAndIsNotWaitedFor() throws InterruptedException {
        CountDownLatch goesOn = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Stopping.answered(Duration.ofMillis(50), () -> {
            await(goesOn);
            ended.countDown();
        });
        assertThat(ended.getCount()).isEqualTo(1);
        goesOn.countDown();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatEndsInTimeIsWaitedForAndWhatFailsIsTold() {
        AtomicBoolean freed = new AtomicBoolean();
        Stopping.freed(() -> {
            pause();
            freed.set(true);
        });
        assertThat(freed).isTrue();
        assertThatThrownBy(() -> Stopping.freed(() -> {
                    throw new IllegalArgumentException("why");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("why");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
