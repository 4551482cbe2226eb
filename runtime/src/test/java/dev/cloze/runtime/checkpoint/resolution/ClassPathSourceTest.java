package dev.cloze.runtime.checkpoint.resolution;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.Fixtures;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathSourceTest {

    @TempDir
    Path root;

    @Test
    void aModelInAJarIsUnpackedOnce() throws IOException {
        ClassPathSource source = source(Models.jar(root.resolve("m.jar"), "tiny", Models.files()));
        ModelFolder model = source.find("tiny").orElseThrow();
        assertThat(model.origin()).isEqualTo(Origin.CLASS_PATH);
        assertThat(model.path()).startsWith(root.resolve("cache/models"));
        for (var file : Models.files().entrySet()) {
            assertThat(model.path().resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
        var written = Files.getLastModifiedTime(model.path());
        assertThat(source.find("tiny").orElseThrow()).isEqualTo(model);
        assertThat(Files.getLastModifiedTime(model.path())).isEqualTo(written);
        assertThat(source.names()).containsExactly("tiny");
        assertThat(source.find("other")).isEmpty();
        assertNoDrafts();
    }

    @Test
    void anUnpackedModelThatWasDamagedIsUnpackedAgain() throws IOException {
        ClassPathSource source = source(Models.jar(root.resolve("m.jar"), "tiny", Models.files()));
        Path file = source.find("tiny").orElseThrow().path().resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1]++;
        Files.write(file, bytes);
        source.find("tiny");
        assertThat(file).hasBinaryContent(Models.files().get("model.safetensors"));
        Files.delete(file);
        source.find("tiny");
        assertThat(file).hasBinaryContent(Models.files().get("model.safetensors"));
        assertNoDrafts();
    }

    @Test
    void anotherVersionOfAModelIsUnpackedBesideTheFirst() throws IOException {
        Path first = source(Models.jar(root.resolve("1.jar"), "tiny", Models.files()))
                .find("tiny")
                .orElseThrow()
                .path();
        Map<String, byte[]> files = Models.files();
        files.put("config.json", "{\"model_type\": \"roberta\"}".getBytes(StandardCharsets.UTF_8));
        Path second = source(Models.jar(root.resolve("2.jar"), "tiny", files))
                .find("tiny")
                .orElseThrow()
                .path();
        assertThat(second).isNotEqualTo(first);
        assertThat(first.resolve("config.json")).content().contains("\"bert\"");
    }

    @Test
    void shardsInAJarAreUnpackedWithTheirIndex() throws IOException {
        Map<String, byte[]> files = Models.files();
        files.remove("model.safetensors");
        for (String file : List.of(
                "model.safetensors.index.json",
                "model-00001-of-00002.safetensors",
                "model-00002-of-00002.safetensors")) {
            files.put(file, Files.readAllBytes(Fixtures.path("sharded-safetensors/" + file)));
        }
        ModelFolder model = source(Models.jar(root.resolve("m.jar"), "tiny", files))
                .find("tiny")
                .orElseThrow();
        try (Checkpoint checkpoint = Checkpoint.open(model.path())) {
            assertThat(checkpoint.names()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void aJarThatHoldsAPartOfAModelIsToldSo() throws IOException {
        Map<String, byte[]> files = Models.files();
        files.remove("config.json");
        ClassPathSource source = source(Models.jar(root.resolve("m.jar"), "tiny", files));
        assertProblem(Problem.MODEL_INCOMPLETE, () -> source.find("tiny")).hasMessageContaining("lacks config.json");
        assertThat(source.explain("tiny").get(0).details()).isEqualTo("lacks config.json");
    }

    @Test
    void aCacheThatCannotBeWrittenIsToldWithTheSetting() throws IOException {
        Path blocked = Files.writeString(root.resolve("file"), "in the way");
        Path jar = Models.jar(root.resolve("m.jar"), "tiny", Models.files());
        assertProblem(Problem.DISK_WRITE, () -> new ClassPathSource(Models.loader(jar), blocked).find("tiny"))
                .hasMessageContaining("-Dcloze.cache=DIR");
    }

    @Test
    void processesThatUnpackAtOnceGetTheSameWholeModel() throws Exception {
        Map<String, byte[]> files = Models.files();
        files.put("tokenizer.json", new byte[20_000_000]);
        Path jar = Models.jar(root.resolve("m.jar"), "tiny", files);
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(JavaProcess.start(
                    Unpack.class, jar.toString(), root.resolve("cache").toString()));
        }
        List<String> outputs = new ArrayList<>();
        for (Process process : processes) {
            outputs.add(JavaProcess.outputOf(process).lines().reduce("", (a, b) -> b));
        }
        assertThat(outputs.stream().distinct()).hasSize(1);
        assertThat(Path.of(outputs.get(0), "tokenizer.json")).hasSize(20_000_000);
        assertNoDrafts();
    }

    /** Unpacks the model {@code tiny} of a jar and prints where it is. */
    static final class Unpack {
        public static void main(String[] arguments) throws IOException {
            ClassPathSource source = new ClassPathSource(Models.loader(Path.of(arguments[0])), Path.of(arguments[1]));
            System.out.println(source.find("tiny").orElseThrow().path());
        }
    }

    private ClassPathSource source(Path jar) throws IOException {
        return new ClassPathSource(Models.loader(jar), root.resolve("cache"));
    }

    private void assertNoDrafts() throws IOException {
        try (var files = Files.list(root.resolve("cache/models"))) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".tmp"));
        }
    }
}
