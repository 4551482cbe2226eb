package dev.cloze.runtime.checkpoint.torch;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that ask for endless work, or for memory without bound: each is refused, and soon. */
class HostilePickleTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NONE = "K\u0000\u0085";

    @TempDir
    Path folder;

    @Test
    void thePicklesOfTheseTestsAreRead() throws IOException {
        byte[] pickle = PickleBytes.tensor(new PickleBytes().ops("}").text("w"), "0", 0, "K\u0002\u0085")
                .ops("s")
                .stop();
        try (Checkpoint checkpoint = Checkpoint.openFile(PickleBytes.zipped(folder.resolve("zipped.bin"), pickle))) {
            assertThat(checkpoint.shape("w")).containsExactly(2);
            assertThat(checkpoint.floats("w").remaining()).isEqualTo(2);
        }
        byte[] keys = new PickleBytes().ops("]").text("0").ops("a").stop();
        try (Checkpoint checkpoint = Checkpoint.openFile(PickleBytes.legacy(folder.resolve("legacy.bin"), keys, 8))) {
            assertThat(checkpoint.shape("w")).containsExactly(0);
        }
    }

    @Test
    void aDictionaryIsNotMadeOfTheSameItemsAgainAndAgain() throws IOException {
        PickleBytes pickle = new PickleBytes().ops("](");
        for (int i = 0; i < 100_000; i++) {
            pickle.ops("]X\u0002\u0000\u0000\u0000" + (char) (i & 0x7f) + (char) (i >> 7 & 0x7f) + "aK\u0001a");
        }
        refused(
                pickle.ops("e\u0085q\u0000")
                        .global("collections", "OrderedDict")
                        .ops("q\u0001")
                        .ops("h\u0001h\u0000R", 500_000),
                "makes more than");
    }

    @Test
    void aShapeOfAMillionAxesIsNotMadeAgainAndAgain() throws IOException {
        PickleBytes pickle = new PickleBytes()
                .ops("(")
                .ops("K\u0001", 500_000)
                .ops("tq\u0000")
                .storage("0", 2)
                .ops("q\u0001")
                .global("torch._utils", "_rebuild_tensor_v2")
                .ops("q\u0002");
        refused(pickle.ops("h\u0002(h\u0001K\u0000h\u0000h\u0000\u0089}tR", 100_000), "makes more than");
    }

    @Test
    void manyEmptyThingsAreNotMade() throws IOException {
        refused(new PickleBytes().ops("}", 16_000_000), "makes more than");
    }

    @Test
    void anEmptyTensorBeyondItsStorageIsRefused() throws IOException {
        for (long offset : new long[] {1L << 60, 1L << 61, Long.MAX_VALUE, 1}) {
            byte[] pickle = PickleBytes.tensor(new PickleBytes().ops("}").text("w"), "0", offset, NONE)
                    .ops("s")
                    .stop();
            assertRefused(PickleBytes.zipped(folder.resolve("far.bin"), pickle), "do not fit together");
        }
    }

    @Test
    void aListThatContainsItselfIsNoKey() throws IOException {
        refused(new PickleBytes().ops("}]q\u0000h\u0000aK\u0001s"), "a key is no text");
        legacy(new PickleBytes().ops("]]q\u0000h\u0000aa"), "storage that no tensor has");
    }

    @Test
    void aKeyIsNotHashedAlongAllItsPaths() throws IOException {
        String doubled = "]q\u0000" + "]h\u0000ah\u0000aq\u0000".repeat(60);
        refused(new PickleBytes().ops(doubled + "}h\u0000K\u0001s"), "a key is no text");
        legacy(new PickleBytes().ops(doubled + "]h\u0000a"), "storage that no tensor has");
        refused(
                new PickleBytes()
                        .ops(doubled + "}(")
                        .text("storage")
                        .global("torch", "FloatStorage")
                        .ops("h\u0000")
                        .text("cpu")
                        .number(2)
                        .ops("tQ"),
                "cannot be read");
    }

    @Test
    void aMillionKeysAreNotLookedUp() throws IOException {
        legacy(
                new PickleBytes()
                        .ops("](")
                        .text("0")
                        .ops("q\u0001")
                        .ops("h\u0001", 400_000)
                        .ops("e"),
                "it lists 400001");
    }

    @Test
    void tuplesWithinTuplesAreBounded() throws IOException {
        refused(
                new PickleBytes()
                        .ops("}")
                        .text("w")
                        .ops(")")
                        .ops("\u0085", 1_000_000)
                        .ops("s"),
                "no dictionary of tensors");
        refused(new PickleBytes().ops("})").ops("\u0085", 1_000_000).ops("K\u0001s"), "a key is no text");
    }

    private void refused(PickleBytes pickle, String why) throws IOException {
        assertRefused(PickleBytes.zipped(folder.resolve("hostile.bin"), pickle.stop()), why);
    }

    private void legacy(PickleBytes keys, String why) throws IOException {
        assertRefused(PickleBytes.legacy(folder.resolve("legacy.bin"), keys.stop(), 8_000_000), why);
    }

    private static void assertRefused(Path file, String why) {
        assertTimeoutPreemptively(SOON, () -> assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(file)
                        .close())
                .hasMessageContaining(why));
    }
}
