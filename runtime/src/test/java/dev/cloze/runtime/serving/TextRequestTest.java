package dev.cloze.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.GenerationOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TextRequestTest {

    private static TextRequest within(GenerationOptions options) {
        return new TextRequest(Map.of(), options, false);
    }

    @Test
    void whatItHasWaitedIsOffItsDeadline() throws InterruptedException {
        TextRequest patient = within(GenerationOptions.defaults().withDeadline(Duration.ofMinutes(1)));
        TextRequest hasty = within(GenerationOptions.defaults().withDeadline(Duration.ofMillis(20)));
        TimeUnit.MILLISECONDS.sleep(100);

        assertThat(patient.options().deadline()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(59_900));
        assertThat(hasty.options().deadline())
                .as("it ends at once, with nothing written")
                .isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void whoHasNoDeadlineGetsNone() {
        GenerationOptions options = GenerationOptions.defaults();

        assertThat(within(options).options()).isSameAs(options);
    }
}
