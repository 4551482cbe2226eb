package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a model's folder that concern its tokenizer. */
record TokenizerFolder(Path path, JsonObject settings) {

    static TokenizerFolder open(Path path) {
        TokenizerFolder bare = new TokenizerFolder(path, new JsonObject());
        JsonObject settings = new JsonObject();
        // Later files win: tokenizer_config.json is the one Hugging Face itself believes.
        for (String name : new String[] {"special_tokens_map.json", "tokenizer_config.json"}) {
            if (bare.has(name)) {
                bare.object(name).asMap().forEach(settings::add);
            }
        }
        return new TokenizerFolder(path, settings);
    }

    /** The {@code tokenizer.json}, as it is or built from the older files. */
    JsonObject tokenizer() {
        if (has("tokenizer.json")) {
            return object("tokenizer.json");
        }
        if (has("vocab.txt")) {
            return WordPieceFile.tokenizer(this);
        }
        if (has("vocab.json") && has("merges.txt")) {
            return BytePairFiles.tokenizer(this);
        }
        throw missing();
    }

    boolean has(String name) {
        return Files.isRegularFile(path.resolve(name));
    }

    String text(String name) {
        try {
            return Files.readString(path.resolve(name));
        } catch (MalformedInputException e) {
            throw unreadable(name, "it is not UTF-8 text", e);
        } catch (IOException e) {
            throw unreadable(name, "the file cannot be opened (" + e + ")", e);
        }
    }

    JsonObject object(String name) {
        try {
            return JsonParser.parseString(text(name)).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw unreadable(name, "it is not a JSON object (" + e.getMessage() + ")", e);
        }
    }

    /** A yes or no of the settings, where they say so. */
    Optional<Boolean> flag(String name) {
        return setting(name).map(JsonElement::getAsBoolean);
    }

    /** The token with a role such as {@code mask_token}; some files wrap it in an object. */
    Optional<String> token(String role) {
        return setting(role)
                .map(value -> value.isJsonObject() ? value.getAsJsonObject().get("content") : value)
                .map(JsonElement::getAsString);
    }

    Optional<JsonElement> setting(String name) {
        return Optional.ofNullable(settings.get(name)).filter(value -> !value.isJsonNull());
    }

    ClozeException unreadable(String file, String reason, Throwable cause) {
        return new ClozeException(Problem.TOKENIZER_UNREADABLE, """
                The tokenizer file %s cannot be read: %s.
                  Fetch the file again, or save the tokenizer anew with save_pretrained of a "fast" tokenizer.""".formatted(path.resolve(file), reason), cause);
    }

    private ClozeException missing() {
        boolean sentencePiece = has("spiece.model") || has("sentencepiece.bpe.model") || has("tokenizer.model");
        return new ClozeException(Problem.MODEL_INCOMPLETE, """
                The model folder %s has no tokenizer that Cloze reads.
                  Looked for: tokenizer.json, or vocab.txt, or vocab.json with merges.txt.
                  %s""".formatted(
                        path,
                        sentencePiece
                                ? "It has a SentencePiece model only: in Python,"
                                        + " AutoTokenizer.from_pretrained(folder).save_pretrained(folder)"
                                        + " writes the tokenizer.json."
                                : "Fetch the file from where the model came from and put it into the folder."));
    }
}
