package dev.cloze.runtime.checkpoint.folder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.config.ConfigFiles;
import dev.cloze.runtime.checkpoint.config.ConfigKeys;
import dev.cloze.runtime.checkpoint.file.FileHash;
import dev.cloze.runtime.checkpoint.file.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A folder that holds a whole model, as the Hugging Face hub lays it out.
 *
 * @param name what it was asked for by
 * @param path the folder
 * @param origin where it was found
 */
public record ModelFolder(String name, Path path, Origin origin) {

    /** The commit of the hub's that its files are of; nothing where it came from elsewhere, which does not tell. */
    public Optional<String> commit() {
        boolean ofHub = origin == Origin.HUB || origin == Origin.HUB_CACHE;
        return ofHub ? Optional.of(path.getFileName().toString()) : Optional.empty();
    }

    /** The content of {@code config.json}; MODEL_CONFIG if it is no JSON object. */
    public JsonObject config() {
        return object(path.resolve(ConfigFiles.MODEL));
    }

    /**
     * This folder, if a model of its kind can be run, or if it has no {@code config.json}.
     *
     * @throws ClozeException MODEL_UNSUPPORTED, with the kinds there are, also where it doesn't say its kind
     */
    public ModelFolder requireSupported() {
        if (Files.isRegularFile(path.resolve(ConfigFiles.MODEL))) {
            requireSupported(name, config());
        }
        return this;
    }

    /** MODEL_UNSUPPORTED where a configuration says no kind, or one that cannot be run. */
    public static void requireSupported(String model, JsonObject config) {
        ServiceLoader.load(SupportedModels.class, SupportedModels.class.getClassLoader())
                .forEach(supported -> supported.require(model, config));
    }

    /** The content of a {@code config.json} wherever it lies; MODEL_CONFIG if it is no JSON object. */
    public static JsonObject config(Path file) {
        return object(file);
    }

    /**
     * The same with the tokens that end a text, and that one begins after, of {@code generation_config.json}, which chat models
     * list there alone, and which transformers prefers.
     */
    public JsonObject configWithTextBounds() {
        JsonObject config = config();
        JsonObject generation = generation().orElseGet(JsonObject::new);
        for (String key : List.of("eos_token_id", "decoder_start_token_id")) {
            JsonElement tokens = generation.get(key);
            if (tokens != null && !tokens.isJsonNull()) {
                config.add(key, tokens);
            }
        }
        return config;
    }

    /** The keys of {@code generation_config.json}, if there is one. */
    public Optional<ConfigKeys> generationKeys() {
        return generation().map(content -> ConfigKeys.ofGeneration(name, content));
    }

    /** The keys of {@code tokenizer_config.json}, if there is one. */
    public Optional<ConfigKeys> tokenizerKeys() {
        return ifThere(ConfigFiles.TOKENIZER).map(content -> ConfigKeys.ofTokenizer(name, content));
    }

    /** How its own library makes sentence vectors of it; MODEL_CONFIG where a file that says so is not JSON. */
    public SentenceModules sentenceModules() {
        return SentenceModules.of(this);
    }

    private Optional<JsonObject> generation() {
        return ifThere(ConfigFiles.GENERATION);
    }

    private Optional<JsonObject> ifThere(String name) {
        Path file = path.resolve(name);
        return Files.exists(file) ? Optional.of(object(file)) : Optional.empty();
    }

    static JsonObject object(Path file) {
        if (json(file) instanceof JsonObject config) {
            return config;
        }
        throw new ClozeException(Problem.MODEL_CONFIG, details(file, "a JSON object"));
    }

    /** The content of a file of JSON; MODEL_CONFIG if it is none. */
    static JsonElement json(Path file) {
        try {
            return JsonFile.read(file);
        } catch (IOException | JsonParseException e) {
            throw new ClozeException(Problem.MODEL_CONFIG, details(file, "JSON"), e);
        }
    }

    private static String details(Path file, String kind) {
        return "The model's " + file + " is not " + kind + " (it was cut short?).\n  Fetch the file again.";
    }

    /**
     * The SHA-256 of the weights in hexadecimal: that of the file, or, of shards, that of the list of their hashes and
     * names. A file is read once only, as long as it does not change.
     */
    public String weightsHash() {
        return FileHash.sha256(ModelFiles.weights(path));
    }

    /** The SHA-256 of the tokenizer's file or, where there are several, that of the list of their hashes and names. */
    public String tokenizerHash() {
        List<Path> files = ModelFiles.tokenizer(path);
        if (files.isEmpty()) {
            throw new ClozeException(
                    Problem.MODEL_INCOMPLETE,
                    "The model folder " + path + " holds no tokenizer.\n  Needed is " + ModelFiles.TOKENIZER_CHOICES
                            + ".");
        }
        return FileHash.sha256(files);
    }
}
