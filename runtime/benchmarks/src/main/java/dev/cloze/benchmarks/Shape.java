package dev.cloze.benchmarks;

import dev.cloze.runtime.checkpoint.ModelResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A model both sides load.
 *
 * @param name for the tables
 * @param folder a Hugging Face model folder
 * @param texts how many texts a measurement takes
 * @param steps how many training steps
 */
record Shape(String name, Path folder, int texts, int steps) {

    /** The default model, with its own weights. */
    static Shape small() {
        return new Shape(
                "small", ModelResolver.standard().resolve("cloze-tiny-en").path(), 128, 16);
    }

    /** BERT-base's shape with random weights, written by {@code make_shape.py} if it isn't there. */
    static Shape base(Settings settings) throws IOException, InterruptedException {
        Path folder = settings.work().resolve("bert-base-shape").toAbsolutePath();
        if (!Files.exists(folder.resolve("tokenizer.json"))) {
            List<String> command = List.of(
                    settings.python().toString(),
                    settings.scripts().resolve("make_shape.py").toString(),
                    folder.toString(),
                    small().folder().toString());
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException("make_shape.py failed; its words are above.");
            }
        }
        return new Shape("base", folder, 64, 4);
    }

    Shape withTexts(int most) {
        return new Shape(name, folder, Math.min(texts, most), steps);
    }
}
