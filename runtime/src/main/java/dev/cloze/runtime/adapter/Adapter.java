package dev.cloze.runtime.adapter;

import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.nio.file.Path;

/**
 * A trained prompt or prefix as PEFT has it, in memory.
 *
 * @param place where it came from, for messages
 * @param config what it is
 * @param vectors (P, e) virtual tokens, or (P, 2 L H D) keys and values, all finite
 * @param baseHash the SHA-256 of the weights it was made for, where it was written by Cloze; otherwise empty
 */
public record Adapter(Path place, PeftConfig config, Tensor vectors, String baseHash) {

    /** The name of the vectors in PEFT's files, and in archives of virtual tokens. */
    public static final String VECTORS = "prompt_embeddings";

    /** The same of a model with that name and hash. */
    public Adapter ofModel(String name, String hash) {
        return new Adapter(place, config.withBase(name), vectors, hash);
    }

    /** A copy of the numbers, in row-major order. */
    public float[] numbers() {
        float[] numbers = new float[vectors.data().remaining()];
        vectors.data().duplicate().get(numbers);
        return numbers;
    }

    /** The name of the model it was made for, as messages have it. */
    public String shownBase() {
        return config.base().isEmpty() ? "a model that it does not name" : "\"" + config.base() + "\"";
    }
}
