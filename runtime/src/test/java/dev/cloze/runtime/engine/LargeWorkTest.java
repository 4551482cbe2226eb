package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LargeWorkTest {

    private static final int FEW = 512;
    private static final int MANY = 513;
    private static final int CALLERS = 8;

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @AfterEach
    void end() {
        callers.shutdownNow();
    }

    @Test
    void noMoreThanSoManyAreAtWorkAtOnceAndAllGetTheirTurn() throws Exception {
        LargeWork work = new LargeWork(2);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int answer = i;
            answers.add(callers.submit(() -> work.made(MANY, () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                two.countDown();
                await(two);
                now.decrementAndGet();
                return answer;
            })));
        }
        for (int i = 0; i < CALLERS; i++) {
            assertThat(answers.get(i).get()).isEqualTo(i);
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void smallCallsDoNotWaitForLargeOnes() throws Exception {
        LargeWork work = new LargeWork(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<Integer> large = callers.submit(() -> work.made(MANY, () -> {
            begun.countDown();
            await(end);
            return 1;
        }));
        await(begun);
        assertThat(work.<Integer>made(FEW, () -> 2)).isEqualTo(2);
        assertThat(large.isDone()).isFalse();
        end.countDown();
        assertThat(large.get()).isEqualTo(1);
    }

    @Test
    void oneThatFailsGivesItsTurnBack() {
        LargeWork work = new LargeWork(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> work.made(MANY, () -> {
                    throw new IllegalStateException();
                }));
        assertThat(work.<Integer>made(MANY, () -> 3)).isEqualTo(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
