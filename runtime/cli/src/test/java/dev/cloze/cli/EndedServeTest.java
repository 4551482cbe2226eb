package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that serves and is asked to end while a client sends lines without an end; it takes as long as the server lets it. */
@Tag("slow")
class EndedServeTest {

    private static final int SIGTERM = 143;

    @TempDir
    private Path folder;

    @Test
    void aStreamWithoutAnEndIsBrokenOff() throws Exception {
        Path task = Files.writeString(
                folder.resolve("reviews.yaml"),
                "template: \"{text} It was {mask}.\"\nmodel: cloze-tiny-en\nlabels:\n  good: [good]\n  bad: [bad]\n");
        try (ServedProcess served = new ServedProcess(
                        Map.of(), List.of(), List.of("--model", "cloze-tiny-en", "--task", "reviews=" + task));
                EndlessStream stream = new EndlessStream(served.address().getPort())) {
            stream.awaitAnswers(200);

            served.process().destroy();
            assertThat(served.process().waitFor(45, TimeUnit.SECONDS)).isTrue();
            assertThat(served.process().exitValue()).isEqualTo(SIGTERM);
        }
    }
}
