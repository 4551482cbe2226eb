package dev.cloze.runtime.checkpoint.tensor;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.Set;

/** One open file of named tensors. */
public interface WeightsFile extends Closeable {

    /** The names of its tensors. */
    Set<String> names();

    /** The type of a tensor that is there. */
    ElementType type(String name);

    /** The shape of a tensor that is there. */
    long[] shape(String name);

    /** The elements of a floating tensor that is there, as row-major f32. */
    FloatBuffer floats(String name);

    /** The elements of a floating tensor that is there, as they are stored. */
    StoredRun run(String name);

    /**
     * Hands over the elements of a floating tensor that is there, row-major and a stretch at a time.
     *
     * @param stretch what each stretch is written into, from its beginning; whole elements fit into it
     */
    default void read(String name, ByteBuffer stretch, Stretches taker) {
        FileStretch.each(run(name), stretch, taker);
    }

    /** The rows of a floating matrix that is there, if they can be read one by one after this has been closed. */
    default Optional<FileRows> rows(String name) {
        return Optional.empty();
    }
}
