package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar cloze.jar}, after it has been packaged, alone in a folder. */
class ClozeJarIT {

    private static final Path PACKAGED = Path.of(System.getProperty("cloze.jar", "target/cloze.jar"));

    @TempDir
    private Path folder;

    @BeforeEach
    void theJarIsAlone() throws IOException {
        assumeTrue(Files.isRegularFile(PACKAGED), "cloze.jar is made in the package phase");
        Files.copy(PACKAGED, folder.resolve("cloze.jar"));
    }

    @Test
    void itFillsAMaskWithWhatItHoldsAndSaysNothingElse() throws IOException, InterruptedException {
        // Nothing was unpacked before: neither the model nor libtorch.
        Map<String, String> fresh = Map.of(
                "CLOZE_CACHE", folder.resolve("cache").toString(),
                "DJL_CACHE_DIR", folder.resolve("libtorch").toString(),
                "CLOZE_OFFLINE", "true");
        CommandRun run = run(fresh, "fill-mask", "--json", "--top", "4", "Paris is the capital of {mask}.");
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(JsonParser.parseString(run.out()).getAsJsonArray()).hasSize(4);
        assertThat(folder.resolve("libtorch")).isDirectory();
    }

    @Test
    void itReadsParquetByTheNativesItHolds() throws IOException, InterruptedException {
        Path texts = Path.of("src/test/resources/parquet/zstd.parquet").toAbsolutePath();
        String[] task = {
            "--method", "TF_IDF", "--template", "{text} {mask}", "--label", "positive", "--label", "negative"
        };
        Path labelled = folder.resolve("labelled.csv");
        Files.writeString(labelled, "text,label\ngood,positive\nbad,negative\nfine,positive\npoor,negative\n");
        CommandRun trained = run(Map.of(), arguments("train", task, "--output", "words", "labelled.csv"));
        assertThat(trained.code()).as(trained.errors()).isZero();
        CommandRun run = run(Map.of(), "predict", "--pipeline", "words", "--output", "out.parquet", texts.toString());
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(folder.resolve("out.parquet")).isNotEmptyFile();
    }

    private static String[] arguments(String command, String[] task, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(task));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void itKnowsItsVersion() throws IOException, InterruptedException {
        assertThat(run(Map.of(), "--version").out()).matches("Cloze \\d+\\.\\d+.*\\R");
    }

    private CommandRun run(Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-jar", "cloze.jar"));
        command.addAll(List.of(arguments));
        return CommandRun.program(folder, variables, command);
    }
}
