package dev.cloze.examples.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentimentExampleTest {

    @Test
    void trainingBeatsZeroShotAndEverythingIsReported(@TempDir Path temporary) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Path folder = temporary.resolve("pipeline");

        SentimentExample.Outcome outcome =
                SentimentExample.run(folder, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(outcome.zeroShot()).as("zero-shot accuracy").isGreaterThan(0.5);
        assertThat(outcome.tuned()).as("tuned accuracy").isGreaterThan(outcome.zeroShot() + 0.05);
        assertThat(outcome.loadedIsSame()).as("the loaded pipeline").isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Zero-shot", "Tuned on", "expected at the mask: ", folder.toString(), "manifest.json")
                .contains("Loaded from there, it predicts the same for the 208 reviews as before:");
        assertThat(folder.resolve("manifest.json")).isRegularFile();
        assertThat(folder.resolve("tuned.safetensors")).isRegularFile();
    }
}
