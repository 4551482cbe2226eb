package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;

/**
 * Texts being written: the keys and values of all that was read and written, and what the model expects next. For one
 * thread.
 *
 * <p>It starts with one row a prompt. Rows of one prompt stand together, and every prompt has equally many.
 */
public interface Decoding extends AutoCloseable {

    /** Raw logits of the next token of every row: (R, V) float32, owned by this decoding, until the next advance. */
    NDArray logits();

    /** How many rows there are, R. */
    int rows();

    /**
     * Goes on with one token a row: new row r continues row {@code parents[r]} with {@code tokens[r]}.
     *
     * @param parents present rows, those of one prompt together and equally many for each prompt; a prompt none of whose
     *     rows goes on is left out and its memory given back
     */
    void advance(int[] parents, int[] tokens);

    /** Bytes the keys and values take now. */
    long cacheBytes();

    /** Frees its memory. */
    @Override
    void close();
}
