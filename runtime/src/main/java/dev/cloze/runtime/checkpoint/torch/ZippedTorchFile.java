package dev.cloze.runtime.checkpoint.torch;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.Damaged;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The storages of a zipped file of torch.save: {@code NAME/data.pkl}, {@code NAME/data/KEY}, never compressed. */
final class ZippedTorchFile implements TorchFile.Storages {

    private static final String PICKLE = "data.pkl";
    /** A pickle only describes the tensors; some thousands of them are under a megabyte. */
    private static final int LARGEST_PICKLE = 16 << 20;

    private static final int PART = 1 << 16;

    private final Path path;
    private final ZipFile zip;
    private final long fileSize;
    private final String prefix;

    private ZippedTorchFile(Path path, ZipFile zip) throws IOException {
        this.path = path;
        this.zip = zip;
        this.fileSize = Files.size(path);
        this.prefix = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .min(Comparator.comparingInt(String::length))
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .orElseThrow(() -> Damaged.file(path, "its archive holds no " + PICKLE));
    }

    @SuppressWarnings("MustBeClosedChecker")
    static TorchFile open(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException e) {
            throw Damaged.file(path, "its zip archive cannot be read (it was cut short?)", e);
        }
        try {
            ZippedTorchFile storages = new ZippedTorchFile(path, zip);
            storages.checkByteOrder();
            byte[] pickle = storages.read(PICKLE, LARGEST_PICKLE);
            return new TorchFile(path, new TorchPickle(path).read(new ByteArrayInputStream(pickle)), storages);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private void checkByteOrder() throws IOException {
        if (entry("byteorder") != null
                && !new String(read("byteorder", 16), StandardCharsets.US_ASCII).equals("little")) {
            throw new ClozeException(
                    Problem.CHECKPOINT_TYPE,
                    "The checkpoint " + path + " was written on a big-endian machine.\n  "
                            + "Load it with torch there or elsewhere and save it as safetensors.");
        }
    }

    private byte[] read(String name, int limit) throws IOException {
        long size = checkedSize(name, entry(name));
        if (size > limit) {
            throw Damaged.file(path, "its " + name + " has " + size + " bytes, more than " + limit);
        }
        try (InputStream input = zip.getInputStream(entry(name))) {
            return input.readNBytes((int) size);
        }
    }

    @Override
    public long size(TorchTensor.Storage storage) {
        return checkedSize("data/" + storage.key(), entry("data/" + storage.key()));
    }

    @Override
    public void read(TorchTensor.Storage storage, long from, ByteBuffer into) throws IOException {
        byte[] part = new byte[Math.min(into.remaining(), PART)]; // a channel would be closed by an interrupt
        try (InputStream input = zip.getInputStream(entry("data/" + storage.key()))) {
            input.skipNBytes(from);
            while (into.hasRemaining()) {
                int count = input.read(part, 0, Math.min(part.length, into.remaining()));
                if (count < 0) {
                    throw new EOFException("the storage " + storage.key() + " ended early");
                }
                into.put(part, 0, count);
            }
        }
    }

    private @Nullable ZipEntry entry(String name) {
        return zip.getEntry(prefix + name);
    }

    /** Compressed entries are refused: they could unfold to any size. */
    private long checkedSize(String name, @Nullable ZipEntry entry) {
        if (entry == null) {
            throw Damaged.file(path, "its archive lacks " + prefix + name);
        }
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() < 0 || entry.getSize() > fileSize) {
            throw Damaged.file(path, "its " + name + " is not stored as it is, as torch.save does");
        }
        return entry.getSize();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
