package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.checkpoint.tensor.FileRows;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.FreedMemory;
import dev.cloze.runtime.engine.HalfFloats;
import dev.cloze.runtime.engine.TensorList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embeddings as kernels take them, those of words (V, E) first: as they are, or, to look words up, with words in 16 bits, where they
 * were stored so. If a {@link WeightList} has these in 16 bits too, they are not kept here: the rows asked for are read out of the
 * model's file, as long as nobody touches it. What isn't kept as it is is made again when something reads it so, and then stays.
 */
public final class EmbeddingList implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddingList.class);

    private static final String NAME = "embedding";

    private final ComputeDevice device;
    private final NDManager memory;
    private final List<NDArray> others;
    private final @Nullable FileRows file;
    private @Nullable WeightList twin;
    private @Nullable NDArray half;
    private @Nullable TensorList plain;
    private @Nullable TensorList halved;
    private @Nullable TensorList wordless;
    private boolean plainIsRead;

    /** These arrays, words first, which that file has too. */
    EmbeddingList(ComputeDevice device, NDManager memory, List<NDArray> arrays, @Nullable FileRows file) {
        this.device = device;
        this.memory = memory;
        this.others = List.copyOf(arrays.subList(1, arrays.size()));
        this.file = file;
        this.plain = with(arrays.get(0));
    }

    private TensorList with(NDArray first) {
        List<NDArray> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return TensorList.named(NAME, all);
    }

    /** Says that the words are in that list too. */
    synchronized void isAlso(WeightList copy) {
        twin = copy;
    }

    /** The list as it is. */
    public synchronized TensorList plain() {
        plainIsRead = true;
        if (plain == null) {
            plain = with(asItWas());
        }
        return plain;
    }

    private NDArray asItWas() {
        return half == null ? Objects.requireNonNull(twin).again(memory) : half.toType(DataType.FLOAT32, true);
    }

    /** To look these words up: in 16 bits if they stay what they are, unless the list has been read as it is already. */
    public synchronized FoundWords lookUp(NDManager scope, Supplier<long[]> ids) {
        if (halved == null && wordless == null && !plainIsRead) {
            NDArray table = get(0);
            if (HalfFloats.isThere(device) && !table.hasGradient() && fits(table)) {
                halve(table);
            }
        }
        return present(scope, ids);
    }

    /** To look these words up now and then, as they are kept at the moment. */
    public synchronized FoundWords present(NDManager scope, Supplier<long[]> ids) {
        if (!plainIsRead && halved == null && wordless != null) {
            try {
                return new FoundWords(Optional.of(read(scope, ids.get())), wordless);
            } catch (IOException e) {
                LOG.warn("Words are looked up in memory from now on, which takes more of it: {}", e.toString());
                try (NDArray table = asItWas()) {
                    halved = with(inHalf(table)); // the other list may be in use
                }
            }
        }
        return FoundWords.in(plainIsRead || halved == null ? plain() : halved);
    }

    /** Rows of the file; what is no word has the first one. */
    private NDArray read(NDManager scope, long[] ids) throws IOException {
        FileRows rows = Objects.requireNonNull(file);
        Shape shape = new Shape(ids.length, rows.columns());
        ByteBuffer numbers = scope.allocateDirect((int) shape.size() * Float.BYTES);
        rows.read(Arrays.stream(ids).map(id -> Math.max(id, 0)).toArray(), numbers.asFloatBuffer());
        return scope.create(numbers, shape, DataType.FLOAT32);
    }

    private boolean fits(NDArray table) {
        try (NDManager scope = memory.newSubManager();
                HalvedMatrices matrices = new HalvedMatrices(scope, device)) {
            return matrices.fits(table);
        }
    }

    private void halve(NDArray table) {
        if (twin != null && twin.halved().isPresent() && isInFile()) {
            wordless = with(memory.create(new float[0]));
        } else {
            halved = with(inHalf(table));
        }
        Objects.requireNonNull(plain).close(); // it holds what is released
        plain = null;
        table.close();
        FreedMemory.giveBack();
    }

    private boolean isInFile() {
        if (file == null) {
            return false;
        }
        try {
            file.open();
            return true;
        } catch (IOException e) {
            LOG.info("Words are looked up in memory: {}", e.toString());
            return false;
        }
    }

    private NDArray inHalf(NDArray table) {
        NDArray lowered = table.toType(DataType.FLOAT16, true);
        half = lowered;
        return lowered;
    }

    /** One of its arrays as it is, to be read at once. */
    public synchronized NDArray get(int index) {
        if (index > 0) {
            return others.get(index - 1);
        }
        return plain == null ? plain().get(0) : plain.get(0);
    }

    /** Whether one of its arrays is finite; words that are there in another form are made again for this long. */
    synchronized boolean isFinite(int index) {
        if (index > 0 || plain != null) {
            return FiniteWeights.isFinite(get(index));
        }
        try (NDArray words = asItWas()) {
            return FiniteWeights.isFinite(words);
        }
    }

    /** A copy of one of its arrays as it is, in that memory. */
    synchronized NDArray copy(NDManager owner, int index) {
        NDArray copy = index == 0 && plain == null ? asItWas() : get(index).duplicate();
        copy.attach(owner);
        return copy;
    }

    /** Its handles and the file; the arrays go with their memory. */
    @Override
    public synchronized void close() {
        for (TensorList list : Arrays.asList(plain, halved, wordless)) {
            if (list != null) {
                list.close();
            }
        }
        if (file != null) {
            file.close();
        }
    }
}
