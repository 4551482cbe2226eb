package dev.cloze.runtime.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.FileHash;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.ModelIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

    private static final Map<String, Tensor> TUNED = Map.of(
            "prompt",
            Tensor.of(new float[] {1, -0.0f, Float.MIN_VALUE, 3}, 2, 2),
            "bias",
            Tensor.of(new float[] {7}, 1));

    @TempDir
    Path root;

    @Test
    void whatIsSavedIsReadAgain() throws IOException {
        Path folder = root.resolve("models/review");
        ArchiveWriter.write(folder, Manifests.manifest(), TUNED);
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.manifest()).isEqualTo(Manifests.manifest());
            assertThat(archive.tuned().names()).containsExactly("bias", "prompt");
            assertThat(archive.tuned().floats("prompt").get(2)).isEqualTo(Float.MIN_VALUE);
        }
        assertThat(Files.readString(folder.resolve("manifest.json")))
                .startsWith("{\n  \"formatVersion\": 2,")
                .contains("It was <{mask}> & \\\"good\\\".");
        assertOnlyChild("models", "review");
    }

    @Test
    void weightsThatAreNoNumbersAreNotSavedAndLeaveWhatIsThere() throws IOException {
        Path folder = root.resolve("review");
        ArchiveWriter.write(folder, Manifests.manifest(), TUNED);
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            Map<String, Tensor> spoilt = Map.of("prompt", Tensor.of(new float[] {1, 2, wrong}, 3));
            assertThatThrownBy(() -> ArchiveWriter.write(folder, Manifests.manifest(), spoilt))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MODEL_NOT_FINITE))
                    .hasMessageContaining("Number 2 of \"prompt\" is " + wrong);
        }
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.tuned().names()).containsExactly("bias", "prompt");
        }
        assertOnlyChild(".", "review");
    }

    @Test
    void theCommitOfAModelIsSaved() {
        var model = new ModelIdentity("org/tiny@v1.0", "a".repeat(64), "b".repeat(64), "c".repeat(40));
        Manifest manifest =
                Manifests.with(Manifests.task(), Manifests.product(Manifests.TEMPLATE, Manifests.LABELS, 128, model));
        Path folder = root.resolve("pinned");
        ArchiveWriter.write(folder, manifest, TUNED);
        assertThat(folder.resolve("manifest.json")).content().contains("\"commit\": \"" + "c".repeat(40) + "\"");
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.manifest().product().models()).containsExactly(model);
        }
    }

    @Test
    void nothingTunedIsAnArchiveToo() {
        ArchiveWriter.write(root.resolve("zero"), Manifests.manifest(), Map.of());
        try (Archive archive = ArchiveReader.open(root.resolve("zero"))) {
            assertThat(archive.tuned().names()).isEmpty();
        }
    }

    @Test
    void theSamePipelineGivesTheSameBytes() throws IOException {
        ArchiveWriter.write(root.resolve("one"), Manifests.manifest(), TUNED);
        ArchiveWriter.write(root.resolve("two"), Manifests.manifest(), TUNED);
        for (String file : List.of(ArchiveLayout.MANIFEST, ArchiveLayout.TUNED)) {
            assertThat(root.resolve("one/" + file)).hasSameBinaryContentAs(root.resolve("two/" + file));
        }
    }

    @Test
    void textsAreSavedBesideTheTensorsTheyBelongTo() throws IOException {
        Path folder = root.resolve("review");
        Map<String, List<String>> texts =
                Map.of("words", List.of("a \"<b>\"", "\n\uD83D\uDE00", ""), "none", List.of());
        ArchiveWriter.write(folder, Manifests.manifest(), TUNED, texts, UnaryOperator.identity());
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.texts()).isEqualTo(texts);
        }
        Files.writeString(folder.resolve(ArchiveLayout.TEXTS), "{\"words\": []}");
        assertProblem(Problem.ARCHIVE_UNREADABLE, () -> ArchiveReader.open(folder)
                        .close())
                .hasMessageContaining("its texts.json is not the one that was saved with its manifest");
        Files.delete(folder.resolve(ArchiveLayout.TEXTS));
        assertProblem(Problem.ARCHIVE_UNREADABLE, () -> ArchiveReader.open(folder)
                        .close())
                .hasMessageContaining("it holds no texts.json");
        ArchiveWriter.write(folder, Manifests.manifest(), TUNED);
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.texts()).isEmpty();
        }
    }

    @Test
    void anEmptyFolderAndASavedPipelineAreReplaced() throws IOException {
        Path folder = Files.createDirectory(root.resolve("review"));
        ArchiveWriter.write(folder, Manifests.manifest(), TUNED);
        ArchiveWriter.write(folder, Manifests.manifest(), Map.of("other", Tensor.of(new float[3], 3)));
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.tuned().names()).containsExactly("other");
        }
        assertOnlyChild("", "review");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void throughALinkItsTargetIsReplacedAndTheLinkStays() throws IOException {
        Path folder = root.resolve("disk/review");
        ArchiveWriter.write(folder, Manifests.manifest(), TUNED);
        Path link = Files.createSymbolicLink(root.resolve("current"), folder);
        ArchiveWriter.write(link, Manifests.manifest(), Map.of("other", Tensor.of(new float[3], 3)));
        assertThat(link).isSymbolicLink();
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.tuned().names()).containsExactly("other");
        }
        assertOnlyChild("disk", "review");
    }

    @Test
    void anInterruptedThreadOpensItAndStaysInterrupted() {
        Path folder = root.resolve("review");
        ArchiveWriter.write(folder, Manifests.manifest(), TUNED);
        Thread.currentThread().interrupt();
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.tuned().floats("bias").get(0)).isEqualTo(7);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aFolderWithOtherFilesIsNeverTouched() throws IOException {
        Path folder = Files.createDirectory(root.resolve("thesis"));
        Files.writeString(folder.resolve("chapter-1.tex"), "years of work");
        assertProblem(Problem.DISK_WRITE, () -> ArchiveWriter.write(folder, Manifests.manifest(), TUNED))
                .hasMessageContaining("chapter-1.tex");
        assertThat(folder.resolve("chapter-1.tex")).hasContent("years of work");

        Path saved = root.resolve("saved");
        ArchiveWriter.write(saved, Manifests.manifest(), TUNED);
        Files.writeString(saved.resolve("notes.txt"), "mine");
        assertProblem(Problem.DISK_WRITE, () -> ArchiveWriter.write(saved, Manifests.manifest(), TUNED))
                .hasMessageContaining("notes.txt");

        Path file = Files.writeString(root.resolve("file"), "mine");
        assertProblem(Problem.DISK_WRITE, () -> ArchiveWriter.write(file, Manifests.manifest(), TUNED))
                .hasMessageContaining("is a file");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 200, 300, 700})
    void aDiskThatFillsUpCostsNothing(int space) throws IOException {
        Path folder = root.resolve("review");
        ArchiveWriter.write(folder, Manifests.manifest(), TUNED);
        UnaryOperator<OutputStream> disk = SmallDisk.of(space);
        assertProblem(Problem.DISK_WRITE, () -> ArchiveWriter.write(folder, Manifests.manifest(), Map.of(), disk))
                .hasMessageContaining("No space left on device")
                .hasMessageContaining(folder.toString());
        try (Archive archive = ArchiveReader.open(folder)) {
            assertThat(archive.tuned().names()).containsExactly("bias", "prompt");
        }
        assertOnlyChild("", "review");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatIsReallyFullCostsNothing() throws Exception {
        Path disk = Files.createDirectory(root.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString()),
                "only root can mount a small disk");
        try {
            Path folder = disk.resolve("review");
            ArchiveWriter.write(folder, Manifests.manifest(), TUNED);
            Map<String, Tensor> large = Map.of("large", Tensor.of(new float[100_000], 100_000));
            assertProblem(Problem.DISK_WRITE, () -> ArchiveWriter.write(folder, Manifests.manifest(), large))
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("It takes 1 MiB, and 1 MiB are free there.");
            ArchiveReader.open(folder).close();
            assertOnlyChild("disk", "review");
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void aFolderThatIsNoArchiveIsRefused() throws IOException {
        assertUnreadable(root.resolve("nowhere"), "there is no such folder");
        assertUnreadable(root, "it holds no manifest.json");
        Files.writeString(root.resolve("config.json"), "{}");
        assertUnreadable(root, "it is the folder of a model");
    }

    @Test
    void anInterruptedReplacementIsTold() throws IOException {
        Files.createDirectory(root.resolve(".review.123" + ArchiveLayout.REPLACED));
        assertUnreadable(root.resolve("review"), "rename it back");
    }

    @Test
    void aFileCutShortIsRefusedWhereverItIsCut() throws IOException {
        for (String name : ArchiveLayout.FILES) {
            Path folder = root.resolve("cut-" + name);
            Map<String, List<String>> texts = Map.of("words", List.of("great", "terrible"));
            ArchiveWriter.write(folder, Manifests.manifest(), TUNED, texts, UnaryOperator.identity());
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            // The manifest ends with a brace and a line's end, which nobody misses.
            for (int length = 0; length < whole.length - 1; length += 5) {
                Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
                assertUnreadable(folder, name);
            }
            Files.delete(folder.resolve(name));
            assertUnreadable(folder, "it holds no " + name);
        }
    }

    @Test
    void tensorsOfAnotherArchiveAreRefused() throws IOException {
        ArchiveWriter.write(root.resolve("one"), Manifests.manifest(), TUNED);
        ArchiveWriter.write(root.resolve("two"), Manifests.manifest(), Map.of());
        Files.copy(
                root.resolve("two/tuned.safetensors"),
                root.resolve("one/tuned.safetensors"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertUnreadable(root.resolve("one"), "not the one that was saved");
    }

    @Test
    void aNewerFormatAsksForANewerCloze() throws IOException {
        edit("\"formatVersion\": 2", "\"formatVersion\": 3");
        assertUnreadable(root.resolve("review"), "saved by a newer Cloze, in format 3; this one reads formats up to 2");
    }

    @Test
    void aKindOfTaskThatIsNotKnownIsNotTakenForAnother() throws IOException {
        edit("\"kind\": \"CLASSIFICATION\"", "\"kind\": \"TRANSLATION\"");
        assertUnreadable(
                root.resolve("review"),
                "its task is of the kind \"TRANSLATION\", which this Cloze does not know; it knows CLASSIFICATION");
    }

    @Test
    void aMissingPartOfTheManifestIsNamed() throws IOException {
        edit("\"templates\"", "\"muster\"");
        assertUnreadable(root.resolve("review"), "lacks product.templates");
        edit("\"formatVersion\"", "\"version\"");
        assertUnreadable(root.resolve("review"), "has no formatVersion");
        edit("\"seed\": 42", "\"seed\": \"many\"");
        assertUnreadable(root.resolve("review"), "is not as it was written");
    }

    @Test
    void aManifestOfBeforeSaysNothingOfCompatAndFollowsThePaper() throws IOException {
        edit("\"compat\": \"PAPER\",", "");
        try (Archive archive = ArchiveReader.open(root.resolve("review"))) {
            assertThat(archive.manifest()).isEqualTo(Manifests.manifest());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e99999", "1e999999999", "-1", "0", "99999999999999999999", "\"2\"", "[2]", "null", "true"})
    void aVersionThatIsNoneIsToldAndCostsNoTime(String version) throws IOException {
        edit("\"formatVersion\": 2", "\"formatVersion\": " + version);
        assertProblem(Problem.ARCHIVE_UNREADABLE, () -> ArchiveReader.open(root.resolve("review")))
                .hasMessageContaining("ormat");
    }

    @Test
    void aManifestOfHundredsOfMegabytesIsNotRead() throws IOException {
        ArchiveWriter.write(root.resolve("review"), Manifests.manifest(), TUNED);
        try (var file =
                new RandomAccessFile(root.resolve("review/manifest.json").toFile(), "rw")) {
            file.setLength(600L << 20); // of which the disk holds next to nothing
        }
        assertUnreadable(root.resolve("review"), "it has 629145600 bytes, and up to 16777216 are allowed");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFileThatIsALinkOutOfTheFolderIsRefused() throws IOException {
        Path folder = root.resolve("review");
        ArchiveWriter.write(folder, Manifests.manifest(), TUNED);
        String name = "tuned.safetensors";
        Path outside = Files.move(folder.resolve(name), root.resolve("outside"));
        Files.createSymbolicLink(folder.resolve(name), Path.of("../outside"));
        assertUnreadable(folder, "is a link to " + outside.toRealPath() + ", outside of its folder");
        Files.move(outside, folder.resolve("inside"));
        Files.delete(folder.resolve(name));
        Files.createSymbolicLink(folder.resolve(name), Path.of("inside"));
        ArchiveReader.open(folder).close();
        Files.createSymbolicLink(root.resolve("linked"), folder);
        ArchiveReader.open(root.resolve("linked")).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"words\": null}", "{\"words\": [null]}", "{\"words\": [[\"a\"]]}", "[7]"})
    void textsThatAreNoneAreRefused(String texts) throws IOException {
        Path folder = root.resolve("review");
        ArchiveWriter.write(
                folder, Manifests.manifest(), TUNED, Map.of("words", List.of("a")), UnaryOperator.identity());
        String before = FileHash.now(folder.resolve(ArchiveLayout.TEXTS));
        Files.writeString(folder.resolve(ArchiveLayout.TEXTS), texts);
        Path manifest = folder.resolve(ArchiveLayout.MANIFEST);
        Files.writeString(
                manifest,
                Files.readString(manifest).replace(before, FileHash.now(folder.resolve(ArchiveLayout.TEXTS))));
        assertUnreadable(folder, "its texts.json cannot be read");
    }

    private void edit(String old, String replacement) throws IOException {
        Path folder = root.resolve("review");
        ArchiveWriter.write(folder, Manifests.manifest(), TUNED);
        Path manifest = folder.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace(old, replacement));
    }

    private void assertOnlyChild(String folder, String name) throws IOException {
        try (var files = Files.list(root.resolve(folder))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly(name);
        }
    }

    private static void assertUnreadable(Path folder, String why) {
        assertProblem(Problem.ARCHIVE_UNREADABLE, () -> ArchiveReader.open(folder))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(why);
    }

    private static AbstractThrowableAssert<?, ?> assertProblem(Problem problem, ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                .isEqualTo(problem));
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
