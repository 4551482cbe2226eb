package dev.cloze.runtime.tuning.lstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorFileTest {

    private static final String GLOVE = "The 0.5 -1e-2\nthe 9 9\n. . 1 2\ncaf\u00e9 3 4\n";

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void assertVectors(WordVectors vectors) {
        assertThat(vectors.size()).isEqualTo(2);
        assertThat(vectors.byWord().keySet()).containsExactly("the", ". .", "caf\u00e9");
        assertThat(vectors.byWord().get("the")).containsExactly(0.5f, -0.01f);
        assertThat(vectors.byWord().get("caf\u00e9")).containsExactly(3, 4);
    }

    @Test
    void gloveAndWord2vecTextsAreRead() throws IOException {
        assertVectors(VectorFile.read(file("glove.txt", GLOVE), 100));
        assertVectors(VectorFile.read(file("word2vec.txt", "4 2\r\n" + GLOVE.replace("\n", " \r\n")), 100));
    }

    @Test
    void zippedTextsAreRead() throws IOException {
        Path zipped = folder.resolve("glove.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(GLOVE.getBytes(StandardCharsets.UTF_8));
        }
        assertVectors(VectorFile.read(zipped, 100));
    }

    @Test
    void onlyTheFirstWordsAreRead() throws IOException {
        assertThat(VectorFile.read(file("glove.txt", GLOVE), 1).byWord()).containsOnlyKeys("the");
        assertThat(VectorFile.read(file("word2vec.txt", "4 2\n" + GLOVE), 3).byWord())
                .containsOnlyKeys("the", ". .");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void word2vecsBinaryFormatIsRead(String between) throws IOException {
        Path file = Files.write(folder.resolve("vectors.bin"), binary(between));
        WordVectors vectors = VectorFile.read(file, 100);
        assertThat(vectors.size()).isEqualTo(3);
        assertThat(vectors.byWord().keySet()).containsExactly("great", "caf\u00e9");
        assertThat(vectors.byWord().get("caf\u00e9")).containsExactly(0.25f, Float.MIN_VALUE, -1e10f);
        assertThat(VectorFile.read(file, 1).byWord()).containsOnlyKeys("great");
        Path cut = Files.write(
                folder.resolve("cut.bin"), java.util.Arrays.copyOf(binary(between), binary(between).length - 3));
        assertUnreadable(cut).hasMessageContaining("it ends within vector 2");
    }

    private static byte[] binary(String between) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("2 3\n".getBytes(StandardCharsets.UTF_8));
        for (Object[] one : new Object[][] {
            {"great", new float[] {1, 2, 3}}, {"caf\u00e9", new float[] {0.25f, Float.MIN_VALUE, -1e10f}}
        }) {
            out.write((one[0] + " ").getBytes(StandardCharsets.UTF_8));
            ByteBuffer numbers = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            numbers.asFloatBuffer().put((float[]) one[1]);
            out.write(numbers.array());
            out.write(between.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void whatIsNoFileOfVectorsIsRefused() throws IOException {
        assertUnreadable(folder.resolve("none.txt")).hasMessageContaining("There is no file of word vectors");
        assertUnreadable(file("empty.txt", "")).hasMessageContaining("is empty");
        assertUnreadable(file("short.txt", "the 1 2\na 1\n"))
                .hasMessageContaining("has 1 numbers in the line of vector 2");
        assertUnreadable(file("words.txt", "the 1 2\na b c d\n"))
                .hasMessageContaining("\"c\" for a number of vector 2");
        assertUnreadable(file("infinite.txt", "the 1 Infinity\n")).hasMessageContaining("Infinity");
        assertUnreadable(file("one.txt", "the\n")).hasMessageContaining("numbers in the line of vector 1");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertUnreadable(Path file) {
        return assertThatThrownBy(() -> VectorFile.read(file, 100))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DATA_UNREADABLE));
    }
}
