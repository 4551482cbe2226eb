package dev.cloze.examples.restaurants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestaurantsExampleTest {

    @Test
    void trainingTeachesToTellFactsAndEverythingIsReported(@TempDir Path temporary) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Path folder = temporary.resolve("pipeline");

        RestaurantsExample.Outcome outcome =
                RestaurantsExample.run(folder, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(outcome.tuned().bleu())
                .as("BLEU after training")
                .isGreaterThan(outcome.pretrained().bleu() + 20);
        assertThat(outcome.tuned().perplexity())
                .as("perplexity after training")
                .isLessThan(outcome.pretrained().perplexity() / 10);
        assertThat(outcome.tuned().n()).isEqualTo(120);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "No training at all: BLEU",
                        "Tuned on 400 sentences: BLEU",
                        "the black fox, chinese",
                        "restaurant");
        assertThat(folder.resolve("tuned.safetensors")).isRegularFile();
    }
}
