package dev.cloze.runtime.checkpoint.tensor;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Path;

/** The largest tensor that can be read: a Java buffer ends at 2 GiB. */
public final class TensorSize {

    private TensorSize() {}

    /** MODEL_UNSUPPORTED where a tensor has more bytes than that. */
    public static void check(Path file, String name, long bytes) {
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new ClozeException(
                    Problem.MODEL_UNSUPPORTED,
                    "The tensor \"" + name + "\" of " + file + " has " + bytes
                            + " bytes; at most 2 GiB can be read.\n  "
                            + "Save the model as f16 or bf16, or use a smaller one.");
        }
    }
}
