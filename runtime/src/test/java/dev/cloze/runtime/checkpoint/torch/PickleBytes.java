package dev.cloze.runtime.checkpoint.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Pickles as no Python writes them, opcode by opcode. */
final class PickleBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PickleBytes() {
        ops("\u0080\u0002");
    }

    /** Opcodes, and what follows them, each a character below 256. */
    PickleBytes ops(String ops) {
        bytes.writeBytes(ops.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    PickleBytes ops(String ops, int times) {
        return ops(ops.repeat(times));
    }

    PickleBytes text(String text) {
        return ops("X").number(text.length(), Integer.BYTES).ops(text);
    }

    PickleBytes global(String module, String name) {
        return ops("c" + module + "\n" + name + "\n");
    }

    /** A whole number, whatever its size. */
    PickleBytes number(long number) {
        return ops("\u008a\u0008").number(number, Long.BYTES);
    }

    private PickleBytes number(long number, int size) {
        byte[] little = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
        bytes.write(little, 0, size);
        return this;
    }

    /** A storage of so many f32, by its key. */
    PickleBytes storage(String key, long elements) {
        return ops("(").text("storage")
                .global("torch", "FloatStorage")
                .text(key)
                .text("cpu")
                .number(elements)
                .ops("tQ");
    }

    /** What a pickle ends with. */
    byte[] stop() {
        return ops(".").bytes.toByteArray();
    }

    /** A file of torch.save since PyTorch 1.6 that holds this pickle, and a storage "0" of two numbers. */
    static Path zipped(Path file, byte[] pickle) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            store(zip, "model/data.pkl", pickle);
            store(zip, "model/data/0", new byte[8]);
        }
        return file;
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** One of before, with a dictionary of one tensor, its storages as this pickle lists them, and so many bytes of zeros. */
    static Path legacy(Path file, byte[] keys, int zeros) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(new PickleBytes()
                .ops("\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019")
                .stop());
        all.writeBytes(new PickleBytes().ops("M\u00e9\u0003").stop());
        all.writeBytes(new PickleBytes().ops("}").stop());
        all.writeBytes(tensor(new PickleBytes().ops("}").text("w"), "0", 0, "K\u0000\u0085")
                .ops("s")
                .stop());
        all.writeBytes(keys);
        all.writeBytes(new byte[zeros]);
        return Files.write(file, all.toByteArray());
    }

    /** A view of a storage of no or two numbers, of this shape, with strides of 1. */
    static PickleBytes tensor(PickleBytes pickle, String storage, long offset, String shape) {
        return pickle.global("torch._utils", "_rebuild_tensor_v2")
                .ops("(")
                .storage(storage, shape.equals("K\u0000\u0085") ? 0 : 2)
                .number(offset)
                .ops(shape)
                .ops("K\u0001\u0085")
                .ops("\u0089}tR");
    }
}
