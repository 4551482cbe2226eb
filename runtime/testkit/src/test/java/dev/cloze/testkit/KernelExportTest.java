package dev.cloze.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.testkit.kernel.KernelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelExportTest {

    private static final Pattern METHOD = Pattern.compile("(?m)^  def (\\w+)\\(self: __torch__\\.Kernel,");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void export() {
        KernelFiles.write(folder, KernelExport.calls());
    }

    @Test
    void everyMethodTheRuntimeCallsIsThere() throws IOException {
        Set<String> called = new TreeSet<>();
        for (JsonElement call : calls()) {
            JsonObject json = call.getAsJsonObject();
            called.add(
                    json.get("archive").getAsString() + "." + json.get("method").getAsString());
        }
        assertThat(called).contains("encoder-default.forward", "encoder-bert-base.forward");
        // Every method of these kernels is called from outside; the encoder's others are its own.
        for (String kernel : List.of("adamw", "tuning")) {
            String source = new String(Files.readAllBytes(folder.resolve(kernel + ".pt")), StandardCharsets.ISO_8859_1);
            Matcher methods = METHOD.matcher(source);
            assertThat(methods.results().map(method -> kernel + "." + method.group(1)))
                    .isNotEmpty()
                    .allMatch(called::contains);
        }
    }

    @Test
    void everyTensorTheIndexNamesIsInItsFileAndFinite() throws IOException {
        for (JsonElement element : calls()) {
            JsonObject call = element.getAsJsonObject();
            try (Checkpoint file =
                    Checkpoint.openFile(folder.resolve(call.get("archive").getAsString() + ".safetensors"))) {
                for (JsonElement argument : call.getAsJsonArray("arguments")) {
                    for (JsonElement tensor : argument.getAsJsonObject().getAsJsonArray("tensors")) {
                        JsonElement key = tensor.getAsJsonObject().get("key");
                        assertThat(key == null || file.names().contains(key.getAsString()))
                                .isTrue();
                    }
                }
                for (var expected : call.getAsJsonObject("expected").entrySet()) {
                    var numbers = file.floats(expected.getValue().getAsString());
                    assertThat(numbers.remaining()).as(expected.getKey()).isPositive();
                    while (numbers.hasRemaining()) {
                        assertThat(Float.isFinite(numbers.get()))
                                .as(expected.getKey())
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void pythonComputesTheSame() throws IOException, InterruptedException {
        String python = System.getenv("CLOZE_PYTHON");
        assumeTrue(
                python != null && !python.isBlank(),
                "CLOZE_PYTHON names no Python with torch and safetensors: the kernels are not replayed");
        Path script = Path.of("src/main/python/replay_kernels.py").toAbsolutePath();
        Process process = new ProcessBuilder(python, script.toString(), folder.toString(), "--repeat", "1")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("are within their tolerance.");
    }

    private static Iterable<JsonElement> calls() throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("kernels.json")))
                .getAsJsonObject()
                .getAsJsonArray("calls");
    }
}
