package dev.cloze.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.testkit.kernel.KernelCall;
import dev.cloze.testkit.kernel.KernelFiles;
import dev.cloze.testkit.kernel.KernelMethods;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelExportTest {

    /** The folder of the kernels' texts. */
    private static final Path TEXTS = Path.of("../src/main/resources/dev/cloze/runtime/engine");

    @TempDir
    private static Path folder;

    private static List<KernelCall> exported = List.of();

    @BeforeAll
    static void export() {
        exported = KernelExport.calls();
        KernelFiles.write(folder, exported);
    }

    @Test
    void everyMethodTheRuntimeCallsIsThere() throws IOException {
        Set<String> called = exported.stream()
                .map(call -> call.source().name() + "." + call.method())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = new TreeSet<>();
        try (Stream<Path> texts = Files.list(TEXTS)) {
            for (Path text :
                    texts.filter(file -> file.toString().endsWith(".py")).toList()) {
                String kernel = text.getFileName().toString().replace(".py", "");
                if (!Files.readString(text).contains("class Kernel")) { // a part of others
                    continue;
                }
                Set<String> methods = KernelMethods.outer(Files.readString(text));
                assertThat(methods).as(kernel).isNotEmpty();
                methods.forEach(method -> wanted.add(kernel + "." + method));
            }
        }
        // What these make on the CPU no other device reads, and only oneDNN: WeightListTest.
        assertThat(wanted.removeAll(Set.of("packing.packRows", "packing.unpack", "packing.isExact")))
                .isTrue();
        // These, only FBGEMM: HalvedDecoderTest.
        assertThat(wanted.removeAll(
                        Set.of("halves.make", "halves.add", "halves.unpack", "halves.fits", "decoder.extendHalved")))
                .isTrue();
        assertThat(wanted).contains("decoder.extend", "cache.make", "selection.best");
        assertThat(called).containsAll(wanted).contains("t5.bias");
    }

    @Test
    void aKernelThatOtherDevicesRunInAnotherFormHasBoth() {
        for (KernelCall call : exported) {
            String form = new String(call.elsewhere().pack(), StandardCharsets.ISO_8859_1);
            assertThat(form).as(call.archive()).doesNotContain("mkldnn", "quantized");
            assertThat(folder.resolve(call.archive() + ".pt"))
                    .hasBinaryContent(call.elsewhere().pack());
            assertThat(Files.exists(folder.resolve(call.archive() + ".cpu.pt")))
                    .isEqualTo(!call.source().equals(call.elsewhere()));
        }
    }

    @Test
    void everyTensorTheIndexNamesIsInItsFileAndOfNumbers() throws IOException {
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
                    JsonElement key = expected.getValue().getAsJsonObject().get("key");
                    if (key != null) {
                        checkNumbers(expected.getKey(), file.floats(key.getAsString()));
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

    /** Minus infinity is what hides a token. */
    private static void checkNumbers(String name, FloatBuffer numbers) {
        assertThat(numbers.remaining()).as(name).isPositive();
        int others = 0;
        while (numbers.hasRemaining()) {
            float number = numbers.get();
            if (!Float.isFinite(number) && number != Float.NEGATIVE_INFINITY) {
                others++;
            }
        }
        assertThat(others).as(name).isZero();
    }

    private static Iterable<JsonElement> calls() throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("kernels.json")))
                .getAsJsonObject()
                .getAsJsonArray("calls");
    }
}
