package dev.cloze.vocabulary.folder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The class that a model's files name for its tokenizer. */
final class TokenizerClass {

    /** Classes that say nothing of the family: transformers 5 writes the first where there is no special class. */
    private static final Set<String> NAMELESS = Set.of("TokenizersBackend", "PreTrainedTokenizerFast");

    /** The class that transformers takes for a model whose files name none. */
    private static final Map<String, String> USUAL = Map.of(
            "bert", "Bert",
            "distilbert", "DistilBert",
            "roberta", "Roberta",
            "gpt2", "GPT2",
            "llama", "Llama",
            "mistral", "Llama",
            "qwen2", "Qwen2",
            "qwen3", "Qwen2");

    private TokenizerClass() {}

    /** The family of the class named first, or else of the usual one. */
    static Optional<String> family(TokenizerFolder folder) {
        return written(folder).map(TokenizerClass::family).findFirst().or(() -> usualFamily(folder));
    }

    /** {@code Llama} of {@code LlamaTokenizerFast}. */
    static String family(String name) {
        return name.replaceFirst("Tokenizer(Fast)?$", "");
    }

    /** The class named first of those that tell the family. */
    static Optional<String> named(TokenizerFolder folder) {
        return written(folder).filter(name -> !NAMELESS.contains(name)).findFirst();
    }

    /** The family of the class that the kind of model usually has. */
    static Optional<String> usualFamily(TokenizerFolder folder) {
        return ModelType.of(config(folder)).flatMap(type -> Optional.ofNullable(USUAL.get(type)));
    }

    /** TOKENIZER_UNREADABLE for files of a class that reads them in another way than these. */
    static ClozeException foreign(TokenizerFolder folder, String name, String known) {
        return folder.unreadable("it is that of " + name + ", and Cloze converts those of " + known, null);
    }

    /** Where Hugging Face looks, in the same order. */
    private static Stream<String> written(TokenizerFolder folder) {
        return Stream.of(
                        folder.setting("tokenizer_class"),
                        Optional.ofNullable(config(folder).get("tokenizer_class")))
                .flatMap(Optional::stream)
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString);
    }

    static JsonObject config(TokenizerFolder folder) {
        return folder.files().has("config.json") ? folder.files().object("config.json") : new JsonObject();
    }
}
