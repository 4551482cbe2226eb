package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code java -jar cloze.jar}, after it has been packaged. */
class ClozeJarIT {

    private static final Path JAR = Path.of(System.getProperty("cloze.jar", "target/cloze.jar"));

    @BeforeEach
    void theJarIsThere() {
        assumeTrue(Files.isRegularFile(JAR), "cloze.jar is made in the package phase");
    }

    @Test
    void itFillsAMaskAndSaysNothingElse() throws IOException, InterruptedException {
        CommandRun run = run("fill-mask", "--json", "--top", "4", "Paris is the capital of {mask}.");
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(JsonParser.parseString(run.out()).getAsJsonArray()).hasSize(4);
    }

    @Test
    void itKnowsItsVersion() throws IOException, InterruptedException {
        assertThat(run("--version").out()).matches("Cloze \\d+\\.\\d+.*\\R");
    }

    private static CommandRun run(String... arguments) throws IOException, InterruptedException {
        return CommandRun.java(
                Path.of(System.getProperty("java.home")), Map.of(), List.of("-jar", JAR.toString()), arguments);
    }
}
