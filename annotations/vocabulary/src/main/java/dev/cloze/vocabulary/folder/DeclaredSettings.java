package dev.cloze.vocabulary.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of {@code tokenizer_config.json} that change what a {@code tokenizer.json} beside it does, as transformers'
 * fast tokenizer of the same class has it.
 *
 * <p>Only what is written there counts. Where nothing is, transformers goes by the defaults of the class; we go by the
 * {@code tokenizer.json}.
 */
final class DeclaredSettings {

    private static final String LOWER_CASE = "do_lower_case";
    private static final String ACCENTS = "strip_accents";
    private static final String CHINESE = "tokenize_chinese_chars";
    private static final String PREFIX = "add_prefix_space";
    private static final String START = "add_bos_token";
    private static final String END = "add_eos_token";

    static final Set<String> WORD_PIECE = Set.of("Bert", "DistilBert", "Electra", "MobileBert", "ConvBert");
    private static final Set<String> BYTE_LEVEL = Set.of("Roberta", "GPT2", "Qwen2", "Bart", "Longformer");

    /** Classes that put the start and the end token there themselves, and whether the start is usual. */
    private static final Map<String, Boolean> FRAMING = Map.of("Llama", true, "CodeLlama", true, "GPTNeoX", false);

    private final TokenizerFolder folder;
    private final String name;

    DeclaredSettings(TokenizerFolder folder) {
        this.folder = folder;
        this.name = TokenizerClass.family(folder).orElse("");
    }

    /** Changes a {@code tokenizer.json} in place; says whether it is another one now. */
    boolean apply(JsonObject tokenizer) {
        JsonObject before = tokenizer.deepCopy();
        if (WORD_PIECE.contains(name) && isAny(LOWER_CASE, ACCENTS, CHINESE)) {
            normalize(tokenizer);
        }
        if (BYTE_LEVEL.contains(name) && isAny(PREFIX)) {
            part(tokenizer, "pre_tokenizer", "ByteLevel")
                    .ifPresent(bytes -> bytes.addProperty(PREFIX, flag(PREFIX, false)));
        }
        if (name.equals("Llama") && isAny(PREFIX) && fallsBackToBytes(tokenizer)) {
            LlamaStages.of(folder).forEach(tokenizer::add);
        }
        if (FRAMING.containsKey(name) && isAny(START, END)) {
            frame(tokenizer, flag(START, FRAMING.getOrDefault(name, true)), flag(END, false));
        }
        MistralRegex.apply(tokenizer, folder);
        return !tokenizer.equals(before);
    }

    /** The same for a tokenizer made of {@code vocab.json} and {@code merges.txt}, which has no frame of its own. */
    JsonObject applyToBytePairs(JsonObject tokenizer) {
        if (name.equals("GPT2") && flag(START, false)) {
            frame(tokenizer, true, false);
        }
        return tokenizer;
    }

    /** Whether it is made of Llama's pieces: the class is that of models with byte-level tokens too. */
    private static boolean fallsBackToBytes(JsonObject tokenizer) {
        return tokenizer.getAsJsonObject("model").get("byte_fallback") instanceof JsonPrimitive bytes
                && bytes.getAsBoolean();
    }

    private void normalize(JsonObject tokenizer) {
        part(tokenizer, "normalizer", "BertNormalizer").ifPresent(normalizer -> {
            normalizer.addProperty("lowercase", flag(LOWER_CASE, true));
            normalizer.addProperty("strip_accents", folder.flag(ACCENTS).orElse(null));
            normalizer.addProperty("handle_chinese_chars", flag(CHINESE, true));
        });
    }

    private void frame(JsonObject tokenizer, boolean start, boolean end) {
        List<String> around = new ArrayList<>(List.of("$A"));
        List<String> second = new ArrayList<>(List.of("$B:1"));
        if (start) {
            String token = declared(tokenizer, "bos_token", "<s>", START);
            around.add(0, token);
            second.add(0, token + ":1");
        }
        if (end) {
            String token = declared(tokenizer, "eos_token", "</s>", END);
            around.add(token);
            second.add(token + ":1");
        }
        List<String> pair = new ArrayList<>(around);
        pair.addAll(second);
        tokenizer.add("post_processor", JsonParts.template(around, pair, token -> id(tokenizer, token)
                .orElseThrow()));
    }

    /** The token with that role, which the tokenizer must have. */
    private String declared(JsonObject tokenizer, String role, String usual, String setting) {
        String token =
                folder.token(role).orElse(name.equals("GPTNeoX") || name.equals("GPT2") ? "<|endoftext|>" : usual);
        if (id(tokenizer, token).isEmpty()) {
            throw folder.unreadable(
                    "tokenizer_config.json asks for " + setting + ", but its " + role + " " + token
                            + " is no token of the vocabulary",
                    null);
        }
        return token;
    }

    private static OptionalInt id(JsonObject tokenizer, String token) {
        if (tokenizer.get("added_tokens") instanceof JsonArray added) {
            for (JsonElement one : added) {
                if (one.getAsJsonObject().get("content").getAsString().equals(token)) {
                    return OptionalInt.of(one.getAsJsonObject().get("id").getAsInt());
                }
            }
        }
        return tokenizer.getAsJsonObject("model").get("vocab") instanceof JsonObject vocabulary
                        && vocabulary.get(token) != null
                ? OptionalInt.of(vocabulary.get(token).getAsInt())
                : OptionalInt.empty();
    }

    private boolean isAny(String... settings) {
        return Stream.of(settings).anyMatch(setting -> folder.setting(setting).isPresent());
    }

    private boolean flag(String setting, boolean usual) {
        return folder.flag(setting).orElse(usual);
    }

    private static Optional<JsonObject> part(JsonObject tokenizer, String section, String type) {
        return tokenizer.get(section) instanceof JsonObject part && JsonParts.isOfType(part, type)
                ? Optional.of(part)
                : Optional.empty();
    }
}
