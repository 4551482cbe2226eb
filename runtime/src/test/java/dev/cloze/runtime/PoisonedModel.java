package dev.cloze.runtime;

import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A real model whose numbers overflow at one word. */
public final class PoisonedModel {

    /** An example with that word. */
    public static final Labeled<Review, Sentiment> EXAMPLE = new Labeled<>(new Review("film 7"), Sentiment.NEGATIVE);

    /** The row of that word, so large that its square overflows in the layer norm. */
    private static final float OVERFLOWING = 1e30f;

    private PoisonedModel() {}

    /** The default model with an embedding of "7" that overflows. */
    public static Path in(Path folder) throws IOException {
        Path source = ModelResolver.standard().resolve("cloze-tiny-en").path();
        Files.createDirectories(folder);
        for (String name : List.of("config.json", "tokenizer.json")) {
            Files.copy(source.resolve(name), folder.resolve(name));
        }
        int seven;
        try (var tokenizer = Tokenizer.open(source)) {
            seven = tokenizer.encode("7", true)[0];
        }
        try (Checkpoint checkpoint = Checkpoint.open(source)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (String name : checkpoint.names()) {
                FloatBuffer values = checkpoint.floats(name);
                float[] copy = new float[values.remaining()];
                values.get(copy);
                if (name.endsWith("word_embeddings.weight")) {
                    Arrays.fill(copy, seven * 128, seven * 128 + 64, OVERFLOWING);
                }
                tensors.put(name, Tensor.of(copy, checkpoint.shape(name)));
            }
            SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
        }
        return folder;
    }
}
