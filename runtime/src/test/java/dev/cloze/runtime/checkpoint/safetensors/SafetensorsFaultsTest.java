package dev.cloze.runtime.checkpoint.safetensors;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static dev.cloze.runtime.checkpoint.Fixtures.path;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFaultsTest {

    @TempDir
    Path folder;

    @Test
    void aFileCutShortIsRefusedWhereverItIsCut() throws IOException {
        byte[] whole = Files.readAllBytes(path("all-types.safetensors"));
        Path file = folder.resolve("model.safetensors");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(file));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32})
    void aHeaderLengthBeyondAllBoundsIsRefused(long length) throws IOException {
        Path file = Fixtures.safetensors(folder, length, "{}".getBytes(StandardCharsets.UTF_8), 8);
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(file))
                .hasMessageContaining("its header would");
    }

    @Test
    void aHeaderLongerThanTheFileIsRefused() throws IOException {
        Path file = Fixtures.safetensors(folder, 99_999_999, "{}".getBytes(StandardCharsets.UTF_8), 8);
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(file))
                .hasMessageContaining("99999999")
                .hasMessageContaining("cut short");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0, 16] | [8, 24]  | overlaps \"a\"",
                "[0, 16] | [0, 16]  | overlaps \"a\"",
                "[0, 16] | [24, 40] | 8 unused bytes before \"b\"",
                "[0, 16] | [16, 32] | 8 unused bytes after the last tensor",
                "[8, 24] | [24, 40] | 8 unused bytes before \"a\"",
                "[0, 16] | [32, 48] | ends at byte 48",
                "[0, 16] | [-16, 0] | negative",
                "[0, 16] | [32, 16] | needs 16 bytes and is given -16",
                "[0, 16] | [16, 30] | needs 16 bytes and is given 14",
                "[0, 16] | [9223372036854775791, 9223372036854775807] | ends at byte 9223372036854775807",
                "[0, 16] | [0, 99999999999999999999] | JSON",
                "[0, 16] | [16] | two data_offsets",
                "[0, 16] | \"x\" | JSON"
            })
    void offsetsThatDoNotFitAreRefused(String a, String b, String why) throws IOException {
        Path file = Fixtures.safetensors(
                folder,
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":" + a
                        + "},\"b\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":" + b + "}}",
                40);
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(file))
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[4294967296, 4294967296, 4]", "[9223372036854775807, 2]", "[2305843009213693952, 4]"})
    void aShapeThatOverflowsIsRefused(String shape) throws IOException {
        assertRefused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[0,0]}}", "beyond all bounds");
    }

    @Test
    void aTensorNamedTwiceIsRefused() throws IOException {
        String tensor = "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";
        assertRefused("{" + tensor + "," + tensor + "}", "names the tensor \"a\" twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"a\":",
                "{\"a\":3}",
                "{\"a\":{}}",
                "{} {}",
                "{\"a\":null}",
                "not json",
                "{\"__metadata__\":[]}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[[1]],\"data_offsets\":[0,4]}}"
            })
    void whatIsNoHeaderIsRefused(String header) throws IOException {
        assertRefused(header, "damaged");
    }

    @Test
    void aHeaderNestedWithoutEndIsRefused() throws IOException {
        assertRefused("{\"a\":{\"x\":" + "[".repeat(100_000), "JSON");
    }

    @Test
    void aTensorOfManyAxesIsRefused() throws IOException {
        String axes = "1,".repeat(1_000_000) + "1";
        assertRefused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + axes + "],\"data_offsets\":[0,4]}}", "more than 64 axes");
    }

    @Test
    void aHeaderThatIsNoTextIsRefused() throws IOException {
        Path file = Fixtures.safetensors(folder, 4, new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}'}, 0);
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(file))
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F8_E4M3", "C64", "f32", ""})
    void aTypeThatCannotBeReadIsNamed(String type) throws IOException {
        Path file = Fixtures.safetensors(
                folder, "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4);
        assertProblem(Problem.CHECKPOINT_TYPE, () -> Checkpoint.openFile(file))
                .hasMessageContaining("\"a\"")
                .hasMessageContaining("has the type " + type + ",");
    }

    @Test
    void aGitLfsPointerIsCalledByItsName() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n");
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(file))
                .hasMessageContaining("git lfs pull");
    }

    private void assertRefused(String header, String why) throws IOException {
        Path file = Fixtures.safetensors(folder, header, 0);
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(file))
                .hasMessageContaining(why);
    }
}
