package dev.cloze.runtime.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OneByOneTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    private String slowly() {
        begun.countDown();
        try {
            free.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "first";
    }

    /** As somebody types: each letter asks anew and lets go of what the letter before asked. */
    @Test
    void whoCancelsMakesRoomForTheNext() throws Exception {
        try (OneByOne thread = new OneByOne(4, Duration.ofMinutes(1))) {
            CompletableFuture<String> first = thread.ask(this::slowly);
            begun.await();
            for (int i = 0; i < 100; i++) {
                assertThat(thread.ask(() -> "nobody's").cancel(true)).isTrue();
            }
            CompletableFuture<String> last = thread.ask(() -> "last");
            free.countDown();

            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("first");
            assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo("last");
        }
    }
}
