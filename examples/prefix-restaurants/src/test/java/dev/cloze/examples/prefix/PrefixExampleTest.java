package dev.cloze.examples.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixExampleTest {

    @Test
    void aPrefixTeachesTheModelToTellFacts(@TempDir Path temporary) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Path folder = temporary.resolve("pipeline");

        PrefixExample.Outcome outcome =
                PrefixExample.run(folder, 120, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(outcome.tuned().perplexity())
                .as("perplexity after training")
                .isLessThan(0.6 * outcome.pretrained().perplexity());
        assertThat(outcome.bytes()).isLessThan(200_000);
        assertThat(outcome.loadedIsSame()).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("With one that has read 400 sentences", "it writes the same.");
        assertThat(folder.resolve("manifest.json")).content().contains("PREFIX_TUNING");
    }
}
