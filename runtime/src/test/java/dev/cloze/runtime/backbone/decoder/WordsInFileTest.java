package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.engine.HalfFloats;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A decoder that writes reads its words out of its file, to the last bit as from memory, and from memory where the file has changed. */
class WordsInFileTest {

    private static final List<int[]> PROMPTS = List.of(new int[] {5, 9, 2, 30}, new int[] {7, 8});

    @TempDir
    Path folder;

    static Stream<DecoderFixture> fixtures() throws IOException, URISyntaxException {
        return DecoderFixture.all();
    }

    @BeforeEach
    void findLibrary() {
        assumeTrue(HalfFloats.isThere(ComputeDevice.CPU), "nothing multiplies with matrices of 16 bits here");
    }

    private static List<ComputeDevice> devices() {
        return ComputePrecision.isThere(ComputeDevice.CPU)
                ? List.of(ComputeDevice.CPU, ComputeDevice.CPU.at(ComputePrecision.BFLOAT16))
                : List.of(ComputeDevice.CPU);
    }

    private static StoredDecoder tied() throws IOException, URISyntaxException {
        return StoredDecoder.of(new DecoderFixture("llama3"));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void whatIsWrittenHasTheSameBits(DecoderFixture fixture) throws IOException {
        StoredDecoder stored = StoredDecoder.of(fixture);
        boolean tied = stored.architecture().weights().ownHead().isEmpty();
        for (ElementType type : List.of(ElementType.F16, ElementType.BF16, ElementType.F32, ElementType.F64)) {
            Path file = stored.write(folder, type);
            for (ComputeDevice device : devices()) {
                try (Decoder decoder = stored.ofFile(file, device);
                        Decoder other = stored.inMemory(device)) {
                    assertThat(said(decoder)).containsExactly(said(other));
                    assertThat(tables(other)).isEqualTo(1);
                    assertThat(tables(decoder)).isEqualTo(tied ? 0 : 1);
                }
            }
        }
    }

    @Test
    void theyAreThereForWhateverElseReadsThem() throws IOException, URISyntaxException {
        DecoderFixture fixture = new DecoderFixture("llama3");
        StoredDecoder stored = StoredDecoder.of(fixture);
        Path file = stored.write(folder, ElementType.F16);
        try (Decoder decoder = stored.ofFile(file, ComputeDevice.CPU);
                Decoder other = stored.inMemory(ComputeDevice.CPU)) {
            float[] written = said(decoder);
            decoder.tensors().forEach((name, tensor) -> assertThat(DecoderFixture.array(tensor.data()))
                    .isEqualTo(DecoderFixture.array(
                            Objects.requireNonNull(stored.tensors().get(name)).data())));
            int arrays = decoder.memory().getManagedArrays().size();
            assertThat(decoder.notFinite()).isEmpty();
            assertThat(decoder.memory().getManagedArrays()).hasSize(arrays);
            assertThat(tables(decoder)).isZero();
            assertThat(decoder.targetLosses(fixture.targets(), Injection.NONE))
                    .isEqualTo(other.targetLosses(fixture.targets(), Injection.NONE));
            assertThat(said(decoder)).isEqualTo(written);
            try (Decoder copy = decoder.trainableCopy()) {
                assertThat(copy.weights().keySet()).isEqualTo(decoder.weights().keySet());
            }
        }
    }

    private enum Change {
        OVERWRITTEN,
        CUT_SHORT,
        REPLACED,
        DELETED;

        void make(Path file) throws IOException {
            switch (this) {
                case OVERWRITTEN -> {
                    Files.write(file, new byte[(int) Files.size(file)], StandardOpenOption.WRITE);
                    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
                }
                case CUT_SHORT -> Files.write(file, new byte[10]);
                case REPLACED -> {
                    Path other = Files.copy(file, file.resolveSibling("other"));
                    Files.write(other, new byte[(int) Files.size(file)]);
                    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                }
                case DELETED -> Files.delete(file);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void aFileThatHasChangedIsReadNoMore(Change change) throws IOException, URISyntaxException {
        StoredDecoder stored = tied();
        Path file = stored.write(folder, ElementType.F16);
        try (Decoder other = stored.inMemory(ComputeDevice.CPU);
                Decoder early = stored.ofFile(file, ComputeDevice.CPU);
                Decoder late = stored.ofFile(file, ComputeDevice.CPU);
                Decoding begun = early.read(PROMPTS, 1, Injection.NONE);
                Decoding expected = other.read(PROMPTS, 1, Injection.NONE)) {
            assertThat(tables(early)).isZero();
            change.make(file);
            begun.advance(new int[] {0, 1}, new int[] {11, 20});
            expected.advance(new int[] {0, 1}, new int[] {11, 20});
            assertThat(numbers(begun)).isEqualTo(numbers(expected));
            assertThat(said(early)).isEqualTo(said(other));
            assertThat(tables(early)).isEqualTo(1);
            assertThat(said(late)).isEqualTo(said(other));
            assertThat(tables(late)).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedThreadTakesTheFileFromNobody() throws IOException, URISyntaxException {
        StoredDecoder stored = tied();
        Path file = stored.write(folder, ElementType.F16);
        try (Decoder decoder = stored.ofFile(file, ComputeDevice.CPU)) {
            float[] expected = said(decoder);
            Thread.currentThread().interrupt();
            assertThat(said(decoder)).isEqualTo(expected);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(said(decoder)).isEqualTo(expected);
            assertThat(tables(decoder)).isZero();
        }
    }

    @Test
    void manyThreadsWriteWhileOneReadsThemAsTheyAre()
            throws IOException, URISyntaxException, InterruptedException, ExecutionException {
        DecoderFixture fixture = new DecoderFixture("llama3");
        StoredDecoder stored = StoredDecoder.of(fixture);
        Path file = stored.write(folder, ElementType.F16);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Decoder other = stored.inMemory(ComputeDevice.CPU)) {
            float[] expected = said(other);
            for (boolean changed : new boolean[] {false, true}) {
                try (Decoder decoder = stored.ofFile(file, ComputeDevice.CPU)) {
                    List<Callable<float[]>> calls = new ArrayList<>();
                    for (int i = 0; i < 20; i++) {
                        boolean chosen = i == 10;
                        calls.add(() -> {
                            if (chosen && changed) {
                                Change.REPLACED.make(file);
                            } else if (chosen) {
                                decoder.targetLosses(fixture.targets(), Injection.NONE);
                            }
                            return said(decoder);
                        });
                    }
                    for (Future<float[]> found : threads.invokeAll(calls)) {
                        assertThat(found.get()).isEqualTo(expected);
                    }
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void theFileIsOpenOnlyWhileSomebodyWrites() throws IOException, URISyntaxException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "this system does not say which files are open");
        StoredDecoder stored = tied();
        Path file = stored.write(folder, ElementType.F16);
        for (int i = 0; i < 5; i++) {
            try (Decoder decoder = stored.ofFile(file, ComputeDevice.CPU)) {
                assertThat(handles(file)).isZero();
                said(decoder);
                said(decoder);
                assertThat(handles(file)).isEqualTo(1);
            }
            assertThat(handles(file)).isZero();
        }
    }

    private static long handles(Path file) throws IOException {
        Path path = file.toRealPath();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(each -> {
                        try {
                            return Files.readSymbolicLink(each).equals(path);
                        } catch (IOException e) {
                            return false; // closed meanwhile
                        }
                    })
                    .count();
        }
    }

    /** How many arrays in 16 bits of the size of the words' embeddings there are; none in 32 bits. */
    private static long tables(Decoder decoder) {
        Shape words = new Shape(decoder.tensors().values().iterator().next().shape());
        return decoder.memory().getManagedArrays().stream()
                .filter(array -> array.getShape().equals(words))
                .filter(array -> array.getDataType() == DataType.FLOAT16)
                .count();
    }

    /** Logits as texts are written, with and without virtual tokens, and words' vectors of both ends, one after the other. */
    private static float[] said(Decoder decoder) {
        List<float[]> all = new ArrayList<>();
        written(decoder, PROMPTS, Injection.NONE, all);
        int width = decoder.shape().hiddenSize();
        try (NDManager scope = decoder.memory().newSubManager()) {
            NDArray virtual = scope.arange(2f * width).div(2f * width).reshape(2, width);
            written(
                    decoder,
                    List.of(new int[] {-1, 4, -2, 4}, new int[] {-2, 6}),
                    Injection.ofVirtualTokens(virtual),
                    all);
            all.add(decoder.embeddings(scope, List.of(new TokenRow(new int[] {3, 3, 1}, new int[3], new int[0])))
                    .toFloatArray());
        }
        all.addAll(Arrays.asList(decoder.wordVectors(new int[] {8, 1})));
        return flat(all);
    }

    private static void written(Decoder decoder, List<int[]> prompts, Injection injection, List<float[]> into) {
        try (Decoding decoding = decoder.read(prompts, 2, injection)) {
            into.add(numbers(decoding));
            decoding.advance(new int[] {0, 1}, new int[] {11, 20});
            into.add(numbers(decoding));
            decoding.advance(new int[] {0, 0, 1, 1}, new int[] {3, 63, 5, 3});
            into.add(numbers(decoding));
        }
    }

    static float[] numbers(Decoding decoding) {
        try (NDArray logits = decoding.logits().toType(DataType.FLOAT32, true)) {
            return logits.toFloatArray();
        }
    }

    private static float[] flat(List<float[]> parts) {
        FloatBuffer all = FloatBuffer.allocate(
                parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }
}
