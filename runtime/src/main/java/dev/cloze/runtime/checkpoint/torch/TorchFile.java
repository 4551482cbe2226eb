package dev.cloze.runtime.checkpoint.torch;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.checkpoint.file.Damaged;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import dev.cloze.runtime.checkpoint.tensor.Floats;
import dev.cloze.runtime.checkpoint.tensor.StoredRun;
import dev.cloze.runtime.checkpoint.tensor.TensorSize;
import dev.cloze.runtime.checkpoint.tensor.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A file of {@code torch.save}: a zip since PyTorch 1.6, a row of pickles before. */
public final class TorchFile implements WeightsFile {

    /** Where the elements of storages lie. */
    interface Storages extends AutoCloseable {

        /** Fills the buffer with little-endian bytes of a storage, from that one on. */
        void read(TorchTensor.Storage storage, long from, ByteBuffer into) throws IOException;

        /** How many bytes of the storage the file holds. */
        long size(TorchTensor.Storage storage);

        @Override
        void close() throws IOException;
    }

    private final Path path;
    private final Map<String, TorchTensor> tensors;
    private final Storages storages;

    TorchFile(Path path, Object pickled, Storages storages) {
        this.path = path;
        this.storages = storages;
        this.tensors = tensorsOf(pickled);
    }

    /** Opens a file, of either kind; CHECKPOINT_CORRUPT or CHECKPOINT_UNSAFE if that cannot be done. */
    public static TorchFile open(Path path) throws IOException {
        byte[] start = new byte[2];
        int read;
        try (var input = Files.newInputStream(path)) {
            read = input.readNBytes(start, 0, 2);
        }
        if (read == 2 && start[0] == 'P' && start[1] == 'K') {
            return ZippedTorchFile.open(path);
        }
        if (read == 2 && start[0] == (byte) 0x80) {
            return LegacyTorchFile.open(path);
        }
        throw Damaged.file(path, "it is no file of torch.save");
    }

    private Map<String, TorchTensor> tensorsOf(Object pickled) {
        Map<String, TorchTensor> found = new LinkedHashMap<>();
        if (pickled instanceof Map<?, ?> dict) {
            dict.forEach((name, value) -> {
                if (name instanceof String text && value instanceof TorchTensor tensor) {
                    checkHeld(text, tensor);
                    found.put(text, tensor);
                }
            });
        }
        if (found.isEmpty()) {
            throw Damaged.file(path, "it is no dictionary of tensors, as model.state_dict() is");
        }
        return found;
    }

    private void checkHeld(String name, TorchTensor tensor) {
        TorchTensor.Storage storage = tensor.storage();
        long held = storages.size(storage);
        if (storage.elements() > held / storage.type().bytes()) {
            throw Damaged.file(
                    path,
                    "the storage of \"" + name + "\" has " + storage.elements() + " elements of "
                            + storage.type().shown() + " but only " + held
                            + " bytes of them are there (it was cut short)");
        }
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public ElementType type(String name) {
        return tensor(name).storage().type();
    }

    @Override
    public long[] shape(String name) {
        return tensor(name).shape().clone();
    }

    @Override
    public FloatBuffer floats(String name) {
        TorchTensor tensor = tensor(name);
        ElementType type = tensor.storage().type();
        long count = tensor.span() * type.bytes();
        TensorSize.check(path, name, count);
        try {
            ByteBuffer bytes = ByteBuffer.allocate((int) count);
            storages.read(tensor.storage(), tensor.offset() * type.bytes(), bytes);
            FloatBuffer span = Floats.of(type, bytes.flip());
            return tensor.contiguous() ? span : Floats.gather(span, tensor.shape(), tensor.strides());
        } catch (IOException e) {
            throw unreadable(name, tensor, e);
        }
    }

    @Override
    public StoredRun run(String name) {
        TorchTensor tensor = tensor(name);
        ElementType type = tensor.storage().type();
        long start = tensor.offset() * type.bytes();
        return tensor.contiguous()
                ? new StoredRun(
                        type,
                        tensor.span() * type.bytes(),
                        List.of(this, tensor.storage(), start, tensor.span()),
                        (from, into) -> fill(name, start + from, into))
                : StoredRun.of(floats(name));
    }

    private void fill(String name, long from, ByteBuffer into) {
        TorchTensor tensor = tensor(name);
        try {
            storages.read(tensor.storage(), from, into);
        } catch (IOException e) {
            throw unreadable(name, tensor, e);
        }
    }

    private ClozeException unreadable(String name, TorchTensor tensor, IOException cause) {
        return Damaged.file(
                path,
                "the tensor \"" + name + "\" of shape " + Arrays.toString(tensor.shape()) + " cannot be read",
                cause);
    }

    private TorchTensor tensor(String name) {
        return Objects.requireNonNull(tensors.get(name));
    }

    @Override
    public void close() throws IOException {
        storages.close();
    }
}
