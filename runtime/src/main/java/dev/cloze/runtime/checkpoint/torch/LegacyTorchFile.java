package dev.cloze.runtime.checkpoint.torch;

import dev.cloze.runtime.checkpoint.file.Damaged;
import dev.cloze.runtime.checkpoint.file.SteadyFile;
import dev.cloze.runtime.checkpoint.file.SteadyInput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The storages of a file of torch.save as it was before PyTorch 1.6, when many published checkpoints were made.
 *
 * <p>The layout: pickles of a magic number, a version, the machine, the object and the storages' keys; then, for each
 * key, 8 bytes with the number of elements, and the elements.
 */
final class LegacyTorchFile implements TorchFile.Storages {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final int LARGEST_PICKLES = 16 << 20;

    /** Where the elements of a storage lie. */
    private record Region(long begin, long bytes) {}

    private final Path path;
    private final SteadyFile file;
    private final Map<String, Region> regions = new HashMap<>();

    private LegacyTorchFile(Path path, SteadyFile file) {
        this.path = path;
        this.file = file;
    }

    @SuppressWarnings("MustBeClosedChecker")
    static TorchFile open(Path path) throws IOException {
        SteadyFile file = SteadyFile.open(path);
        try {
            SteadyInput input = new SteadyInput(file, LARGEST_PICKLES);
            TorchPickle pickle = new TorchPickle(path);
            if (!MAGIC.equals(pickle.read(input))) {
                throw Damaged.file(path, "it is a pickle, but not one of torch.save");
            }
            pickle.read(input);
            pickle.read(input);
            Object saved = pickle.read(input);
            Object keys = pickle.read(input);
            LegacyTorchFile storages = new LegacyTorchFile(path, file);
            storages.locate(keys, pickle.storages(), input.position());
            return new TorchFile(path, saved, storages);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void locate(Object keys, Map<String, TorchTensor.Storage> storages, long from) throws IOException {
        if (!(keys instanceof List<?> list)) {
            throw Damaged.file(path, "it lists no storages");
        }
        if (list.size() > storages.size()) {
            throw Damaged.file(path, "it lists " + list.size() + " storages, and its tensors have " + storages.size());
        }
        ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long position = from;
        for (Object key : list) {
            // A list may contain itself, and has no hash then.
            TorchTensor.Storage storage = key instanceof String name ? storages.get(name) : null;
            if (storage == null) {
                throw Damaged.file(path, "it lists a storage that no tensor has");
            }
            long begin = position + Long.BYTES;
            long held = Math.max(0, file.size() - begin);
            if (storage.elements() < 0
                    || storage.elements() > held / storage.type().bytes()) {
                throw Damaged.file(
                        path, "its last " + storage.elements() + " elements are not there (it was cut short)");
            }
            file.read(position, count.clear());
            long elements = count.getLong(0);
            if (elements != storage.elements()) {
                throw Damaged.file(path, "a storage has another length than its tensors expect");
            }
            long bytes = elements * storage.type().bytes();
            regions.put(storage.key(), new Region(begin, bytes));
            position = begin + bytes;
        }
    }

    @Override
    public void read(TorchTensor.Storage storage, long from, ByteBuffer into) throws IOException {
        file.read(region(storage).begin() + from, into);
    }

    @Override
    public long size(TorchTensor.Storage storage) {
        return region(storage).bytes();
    }

    private Region region(TorchTensor.Storage storage) {
        Region region = regions.get(storage.key());
        if (region == null) {
            throw Damaged.file(path, "it lacks the storage " + storage.key());
        }
        return region;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
