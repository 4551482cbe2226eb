package dev.cloze.runtime.checkpoint;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static dev.cloze.runtime.checkpoint.Fixtures.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import dev.cloze.runtime.checkpoint.tensor.Floats;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read is, bit for bit, what PyTorch 2.7.1 reads from the same files. */
class CheckpointTest {

    /** A file of each kind, and the file of what it holds. */
    @ParameterizedTest
    @CsvSource({
        "all-types.safetensors, all-types.json",
        "zipped.bin, views.json",
        "legacy.bin, views.json",
        "state-dict.bin, state-dict.json"
    })
    @Retention(RetentionPolicy.RUNTIME)
    private @interface OfEachKind {}

    @ParameterizedTest
    @CsvSource({
        "all-types.safetensors, all-types.json",
        "zipped.bin, views.json",
        "zipped-protocol-4.bin, views.json",
        "legacy.bin, views.json",
        "state-dict.bin, state-dict.json"
    })
    void theNumbersAreThoseThatPyTorchReads(String file, String expected) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.openFile(path(file))) {
            for (var tensor : Fixtures.shapes(expected).entrySet()) {
                String name = tensor.getKey();
                assertThat(checkpoint.shape(name)).as(name).containsExactly(tensor.getValue());
                assertThat(Fixtures.array(checkpoint.floats(name)))
                        .as(name)
                        .containsExactly(Fixtures.floats(expected, name));
            }
        }
    }

    @OfEachKind
    void stretchesOfAnyLengthHoldTheSameNumbers(String file, String expected) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.openFile(path(file))) {
            for (int bytes : new int[] {8, 20, 44, 1 << 12}) {
                for (String name : Fixtures.shapes(expected).keySet()) {
                    assertThat(stretches(checkpoint, name, bytes))
                            .as("%s, %d bytes at a time", name, bytes)
                            .containsExactly(Fixtures.floats(expected, name));
                }
            }
        }
    }

    private static float[] stretches(Checkpoint checkpoint, String name, int bytes) {
        ByteArrayOutputStream numbers = new ByteArrayOutputStream();
        checkpoint.read(name, ByteBuffer.allocateDirect(bytes), (stretch, type) -> {
            FloatBuffer widened = Floats.of(ElementType.valueOf(type.toUpperCase(Locale.ROOT)), stretch);
            ByteBuffer copy = ByteBuffer.allocate(4 * widened.remaining());
            copy.asFloatBuffer().put(widened);
            numbers.writeBytes(copy.array());
        });
        return Fixtures.array(ByteBuffer.wrap(numbers.toByteArray()).asFloatBuffer());
    }

    @OfEachKind
    void tensorsAreEqualWhoseShapesAndNumbersAre(String file, String expected) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.openFile(path(file))) {
            Set<String> names = Fixtures.shapes(expected).keySet();
            for (String one : names) {
                for (String other : names) {
                    boolean equal = Arrays.equals(checkpoint.shape(one), checkpoint.shape(other))
                            && checkpoint.floats(one).equals(checkpoint.floats(other));
                    assertThat(checkpoint.areEqual(one, other))
                            .as("%s and %s", one, other)
                            .isEqualTo(equal);
                }
            }
        }
    }

    @Test
    void aNumberOfManyThatDiffersIsSeenWhereverItStands() {
        int many = 300_001; // of which each part holds fewer
        for (int place : new int[] {0, 131_071, 131_072, many - 1}) {
            assertThat(areEqual(many, place, 0f, 1f)).as("%d", place).isFalse();
            assertThat(areEqual(many, place, 0f, -0f)).isTrue();
            assertThat(areEqual(many, place, Float.NaN, Float.intBitsToFloat(0x7fc00001)))
                    .isTrue();
        }
    }

    private static boolean areEqual(int count, int place, float one, float other) {
        float[] first = new float[count];
        float[] second = new float[count];
        first[place] = one;
        second[place] = other;
        Map<String, Tensor> tensors = Map.of("one", Tensor.of(first, count), "other", Tensor.of(second, count));
        try (Checkpoint checkpoint = Checkpoint.of(Path.of("memory"), tensors)) {
            return checkpoint.areEqual("one", "other");
        }
    }

    @Test
    void stretchesOfIntegersAreRefused() {
        try (Checkpoint checkpoint = Checkpoint.openFile(path("all-types.safetensors"))) {
            assertProblem(
                    Problem.CHECKPOINT_TYPE,
                    () -> checkpoint.read("mask", ByteBuffer.allocateDirect(64), (bytes, type) -> {}));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-types.safetensors", "zipped.bin", "legacy.bin"})
    void integersAreNamedAndShapedButAreNoWeights(String file) {
        try (Checkpoint checkpoint = Checkpoint.openFile(path(file))) {
            assertThat(checkpoint.names()).contains("embeddings.position_ids", "mask");
            assertThat(checkpoint.shape("embeddings.position_ids")).containsExactly(1, 6);
            assertThat(checkpoint.type("embeddings.position_ids")).isEqualTo("i64");
            assertThat(checkpoint.type("mask")).isEqualTo("bool");
            assertProblem(Problem.CHECKPOINT_TYPE, () -> checkpoint.floats("embeddings.position_ids"))
                    .hasMessageContaining("embeddings.position_ids")
                    .hasMessageContaining("i64");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sharded-safetensors", "sharded-bin"})
    void shardsAreReadAsOne(String folder) {
        try (Checkpoint checkpoint = Checkpoint.open(path(folder))) {
            assertThat(checkpoint.names()).containsExactly("a", "b", "c");
            assertThat(Fixtures.array(checkpoint.floats("a"))).containsExactly(0, 1, 2, 3);
            assertThat(checkpoint.shape("b")).containsExactly(2, 3);
            assertThat(Fixtures.array(checkpoint.floats("b"))).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    @Test
    void safetensorsArePreferredToAPickle(@TempDir Path folder) throws IOException {
        Files.copy(path("zipped.bin"), folder.resolve("pytorch_model.bin"));
        Files.copy(path("all-types.safetensors"), folder.resolve("model.safetensors"));
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.source()).hasFileName("model.safetensors");
            assertThat(checkpoint.metadata()).containsEntry("note", "größer");
        }
    }

    @Test
    void anUnknownNameIsToldWithTheNearest() {
        try (Checkpoint checkpoint = Checkpoint.openFile(path("all-types.safetensors"))) {
            assertProblem(Problem.CHECKPOINT_MISSING_WEIGHT, () -> checkpoint.floats("weight.f33"))
                    .hasMessageContaining("Did you mean \"weight.f32\"?");
        }
    }

    @Test
    void aFolderWithoutWeightsIsIncomplete(@TempDir Path folder) {
        assertProblem(Problem.MODEL_INCOMPLETE, () -> Checkpoint.open(folder))
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("pytorch_model.bin.index.json");
    }

    @Test
    void buffersOutliveTheCheckpointButNothingElseDoes() {
        Checkpoint checkpoint = Checkpoint.openFile(path("all-types.safetensors"));
        FloatBuffer floats = checkpoint.floats("scalar");
        checkpoint.close();
        checkpoint.close();
        assertThat(floats.get(0)).isEqualTo(0.25f);
        assertThatThrownBy(() -> checkpoint.floats("scalar"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
