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
import java.util.function.ObjIntConsumer;

/** A real model whose numbers overflow at one word. */
public final class PoisonedModel {

    /** An example with that word. */
    public static final Labeled<Review, Sentiment> EXAMPLE = new Labeled<>(new Review("film 7"), Sentiment.NEGATIVE);

    /** The row of that word, so large that its square overflows in the layer norm. */
    private static final float OVERFLOWING = 1e30f;

    private PoisonedModel() {}

    /** The default model with an embedding of "7" that overflows. */
    public static Path in(Path folder) throws IOException {
        return copy(
                folder,
                "word_embeddings.weight",
                "7",
                (numbers, seven) -> Arrays.fill(numbers, seven * 128, seven * 128 + 64, OVERFLOWING));
    }

    /** The default model that says one word so surely that the losses of two examples with another overflow in their sum. */
    public static Path saying(String word, Path folder) throws IOException {
        return copy(folder, "cls.predictions.bias", word, (numbers, token) -> numbers[token] = 0.9f * Float.MAX_VALUE);
    }

    private static Path copy(Path folder, String tensor, String word, ObjIntConsumer<float[]> change)
            throws IOException {
        Path source = ModelResolver.standard().resolve("cloze-tiny-en").path();
        Files.createDirectories(folder);
        for (String name : List.of("config.json", "tokenizer.json")) {
            Files.copy(source.resolve(name), folder.resolve(name));
        }
        int token;
        try (var tokenizer = Tokenizer.open(source)) {
            token = tokenizer.encode(word, true)[0];
        }
        try (Checkpoint checkpoint = Checkpoint.open(source)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (String name : checkpoint.names()) {
                FloatBuffer values = checkpoint.floats(name);
                float[] copy = new float[values.remaining()];
                values.get(copy);
                if (name.endsWith(tensor)) {
                    change.accept(copy, token);
                }
                tensors.put(name, Tensor.of(copy, checkpoint.shape(name)));
            }
            SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
        }
        return folder;
    }
}
