package dev.cloze.examples.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.spi.DefaultBackbone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on the quick model. */
class TopicsExampleTest {

    @BeforeEach
    void chooseTheQuickModel() {
        System.setProperty(DefaultBackbone.QUICK, "true");
    }

    @AfterEach
    void chooseTheDefaultModelAgain() {
        System.clearProperty(DefaultBackbone.QUICK);
    }

    @Test
    void itTunesSavesAndLoadsAndReportsAllOfIt(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("pipeline");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        TopicsExample.Outcome outcome =
                TopicsExample.run(folder, 40, 150, new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(outcome.loadedIsSame()).isTrue();
        assertThat(outcome.pet()).as("of four topics, chance is 0.25").isGreaterThan(0.35);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Zero-shot, four templates: accuracy", "Tuned with the first template:", "PET: accuracy");
        assertThat(Files.readString(folder.resolve("manifest.json"))).contains("PET", "cloze-tiny-en");
    }

    @Test
    void noMessageIsThereTwice() {
        List<Labeled<Message, Topic>> train = MessageFiles.labeled("train.tsv");
        List<Labeled<Message, Topic>> test = MessageFiles.labeled("test.tsv");
        for (List<Labeled<Message, Topic>> part : List.of(train, test)) {
            assertThat(part.stream()
                            .collect(Collectors.groupingBy(Labeled::label, Collectors.counting()))
                            .values())
                    .containsOnly(12L)
                    .hasSize(4);
        }
        try (Stream<Message> unlabeled = MessageFiles.unlabeled("unlabeled.txt")) {
            assertThat(Stream.concat(
                            Stream.concat(train.stream(), test.stream()).map(Labeled::input), unlabeled))
                    .hasSize(196)
                    .doesNotHaveDuplicates()
                    .allSatisfy(message ->
                            assertThat(message.text()).isEqualTo(message.text().strip()));
        }
    }
}
