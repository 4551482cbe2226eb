package dev.cloze.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
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

    /** The quick model, with its own weights. */
    static Shape small() {
        return new Shape(
                "small", ModelResolver.standard().resolve("cloze-tiny-en").path(), 128, 16);
    }

    /** The default model, with its own weights. */
    static Shape ofDefault() {
        return new Shape(
                "default", ModelResolver.standard().resolve("cloze-small-en").path(), 128, 8);
    }

    /** BERT-base's shape with random weights. */
    static Shape base(Settings settings) throws IOException, InterruptedException {
        return made("base", "bert-base", settings, 64, 4);
    }

    /** An encoder of twelve layers of width 384, as bge-small-en is, with a masked-LM head and random weights. */
    static Shape smallEncoder(Settings settings) throws IOException, InterruptedException {
        return made("12 layers of width 384", "bert-12x384", settings, 128, 16);
    }

    /** A decoder of the Llama layout, four layers of width 256, with random weights. */
    static Shape smallDecoder(Settings settings) throws IOException, InterruptedException {
        return made("four layers of width 256 (Llama)", "llama-4x256", settings, 128, 16);
    }

    /** GPT-2 small's shape with random weights. */
    static Shape baseDecoder(Settings settings) throws IOException, InterruptedException {
        return made("GPT-2 small", "gpt2-small", settings, 64, 4);
    }

    /** A folder written by {@code make_shape.py} if it isn't there. */
    private static Shape made(String name, String shape, Settings settings, int texts, int steps)
            throws IOException, InterruptedException {
        Path folder = settings.work().resolve(shape + "-shape").toAbsolutePath();
        if (!Files.exists(folder.resolve("tokenizer.json"))) {
            List<String> command = List.of(
                    settings.python().toString(),
                    settings.scripts().resolve("make_shape.py").toString(),
                    shape,
                    folder.toString(),
                    small().folder().toString());
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException("make_shape.py failed; its words are above.");
            }
        }
        return new Shape(name, folder, texts, steps);
    }

    /** The same in a folder of its own whose configuration has no dropout. */
    Shape withoutDropout(Settings settings) throws IOException {
        Path copy = settings.work().resolve(name + "-without-dropout").toAbsolutePath();
        Files.createDirectories(copy);
        for (String file : List.of("model.safetensors", "tokenizer.json")) {
            Files.deleteIfExists(copy.resolve(file));
            Files.createSymbolicLink(copy.resolve(file), folder.resolve(file).toAbsolutePath());
        }
        JsonObject config = JsonParser.parseString(Files.readString(folder.resolve("config.json")))
                .getAsJsonObject();
        config.addProperty("hidden_dropout_prob", 0);
        config.addProperty("attention_probs_dropout_prob", 0);
        Files.writeString(copy.resolve("config.json"), config.toString());
        return new Shape(name, copy, texts, steps);
    }

    Shape withTexts(int most) {
        return new Shape(name, folder, Math.min(texts, most), steps);
    }
}
