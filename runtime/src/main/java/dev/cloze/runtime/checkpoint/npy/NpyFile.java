package dev.cloze.runtime.checkpoint.npy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.Damaged;
import dev.cloze.runtime.checkpoint.file.SteadyFile;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import dev.cloze.runtime.checkpoint.tensor.Floats;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.checkpoint.tensor.TensorSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an array that NumPy saved, {@code .npy}: six bytes that name the format, its version, the header's length, the header,
 * which is a Python dictionary, and the numbers.
 */
public final class NpyFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** What NumPy itself reads of a header at most. */
    private static final int LONGEST_HEADER = 10_000;

    private static final Pattern HEADER =
            Pattern.compile("\\{ ?'descr': ?'([^']{1,16})', ?'fortran_order': ?(True|False), ?"
                    + "'shape': ?\\((|\\d{1,18}(?:, ?\\d{1,18}){0,7},?)\\),? ?\\}\\s*");

    private final Path file;
    private final SteadyFile bytes;

    private NpyFile(Path file, SteadyFile bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * The array as f32, in row-major order whatever order it is stored in.
     *
     * @throws ClozeException CHECKPOINT_CORRUPT where it is no such file, cut short or longer than its header says,
     *     CHECKPOINT_TYPE where its numbers are no floating-point numbers of a little-endian machine, CHECKPOINT_UNSAFE where
     *     they are Python objects
     */
    public static Tensor read(Path file) {
        try (SteadyFile bytes = SteadyFile.open(file)) {
            return new NpyFile(file, bytes).read();
        } catch (IOException e) {
            throw Damaged.file(file, "it cannot be read (" + e + ")", e);
        }
    }

    private Tensor read() throws IOException {
        ByteBuffer start = bytes(0, MAGIC.length + 2);
        if (!Arrays.equals(Arrays.copyOf(start.array(), MAGIC.length), MAGIC)) {
            throw Damaged.file(file, "it does not begin as NumPy's arrays do");
        }
        int sizeBytes = start.get(MAGIC.length) == 1 ? Short.BYTES : Integer.BYTES;
        ByteBuffer size = bytes(start.capacity(), sizeBytes);
        long length = sizeBytes == Short.BYTES
                ? Short.toUnsignedLong(size.getShort(0))
                : Integer.toUnsignedLong(size.getInt(0));
        if (length > LONGEST_HEADER) {
            throw Damaged.file(
                    file, "its header would have " + length + " bytes; up to " + LONGEST_HEADER + " are allowed");
        }
        long headerAt = (long) start.capacity() + sizeBytes;
        String header = new String(bytes(headerAt, (int) length).array(), StandardCharsets.ISO_8859_1);
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches()) {
            throw Damaged.file(file, "its header is none of an array: " + header.strip());
        }
        return numbers(
                headerAt + length,
                type(parts.group(1)),
                shape(parts.group(3)),
                parts.group(2).equals("True"));
    }

    private Tensor numbers(long at, ElementType type, long[] shape, boolean columnsFirst) throws IOException {
        long needed = type.bytes();
        try {
            for (long axis : shape) {
                needed = Math.multiplyExact(needed, axis);
            }
        } catch (ArithmeticException e) {
            throw Damaged.file(file, "its shape " + Arrays.toString(shape) + " is beyond all bounds", e);
        }
        long there = bytes.size() - at;
        if (there != needed) {
            throw Damaged.file(
                    file,
                    "an array of shape " + Arrays.toString(shape) + " needs " + needed + " bytes and has " + there
                            + (there < needed ? " (it was cut short)" : ""));
        }
        TensorSize.check(file, "array", needed);
        FloatBuffer stored = Floats.of(type, bytes(at, (int) needed));
        return new Tensor(shape, columnsFirst ? Floats.gather(stored, shape, columnStrides(shape)) : stored);
    }

    /** Of an array whose first axis runs fastest, as Fortran has them. */
    private static long[] columnStrides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = 0; i < shape.length; i++) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    private ElementType type(String described) {
        if (described.contains("O")) {
            throw new ClozeException(
                    Problem.CHECKPOINT_UNSAFE,
                    "The array " + file
                            + " holds Python objects, which only Python code could bring back; nothing was run."
                            + "\n  Save the numbers alone: numpy.save(file, array.astype(\"float32\")).");
        }
        return switch (described) {
            case "<f4" -> ElementType.F32;
            case "<f2" -> ElementType.F16;
            case "<f8" -> ElementType.F64;
            default ->
                throw new ClozeException(
                        Problem.CHECKPOINT_TYPE,
                        "The array " + file + " has the type \"" + described
                                + "\", which cannot be read.\n"
                                + "  Readable are \"<f4\", \"<f2\" and \"<f8\": floating-point numbers, the lowest"
                                + " byte first.\n"
                                + "  Save it with one of these: numpy.save(file, array.astype(\"float32\")).");
        };
    }

    private static long[] shape(String axes) {
        return axes.isBlank()
                ? new long[0]
                : Arrays.stream(axes.split(","))
                        .map(String::strip)
                        .filter(axis -> !axis.isEmpty())
                        .mapToLong(Long::parseLong)
                        .toArray();
    }

    private ByteBuffer bytes(long from, int count) throws IOException {
        if (from + count > bytes.size()) {
            throw Damaged.file(
                    file, "it has " + bytes.size() + " bytes, fewer than its header takes (it was cut short)");
        }
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.read(from, buffer);
        return buffer.flip();
    }
}
