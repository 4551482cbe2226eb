package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a {@code tokenizer.json} before the native library does: on some of what it doesn't expect that one ends the
 * whole process.
 *
 * <p>Parts that were tried with many texts are let through, as long as their settings are; all others are refused by name.
 */
public final class LibrarySafety {

    private static final int DEEPEST = 16;
    private static final int PARTS = 64;
    private static final int HIGHEST_ID = 1 << 24;
    private static final int LONGEST_PREPENDED = 64;
    private static final double GROWTH = 64;
    private static final int LONGEST_WORD = 1_000; // characters; BERT's are 100
    private static final int LONGEST_PIECE = 512;

    private static final Set<String> NORMALIZERS = Set.of(
            "BertNormalizer", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "Strip", "ByteLevel");

    private static final Set<String> PRE_TOKENIZERS = Set.of(
            "BertPreTokenizer",
            "WhitespaceSplit",
            "Whitespace",
            "ByteLevel",
            "Metaspace",
            "Punctuation",
            "Digits",
            "CharDelimiterSplit",
            "UnicodeScripts");

    private static final Set<String> DECODERS =
            Set.of("ByteLevel", "WordPiece", "Metaspace", "ByteFallback", "Fuse", "BPEDecoder", "CTC");

    private static final Map<String, String> SEQUENCES =
            Map.of("normalizer", "normalizers", "pre_tokenizer", "pretokenizers", "decoder", "decoders");

    private int parts;
    private double growth = 1;
    private boolean simple = true;

    private LibrarySafety() {}

    /**
     * Whether the library can encode texts with this tokenizer; if not, {@link Vocabulary} can, and the library must be given
     * the file without normalizer and pre-tokenizer.
     *
     * @throws IllegalArgumentException saying what of the file nobody can be trusted with; goes on from "cannot be read: "
     */
    public static boolean encodes(JsonObject tokenizer) {
        LibrarySafety safety = new LibrarySafety();
        for (String section : SEQUENCES.keySet()) {
            if (tokenizer.get(section) instanceof JsonObject part) {
                safety.check(section, part, 0);
            }
        }
        if (safety.growth > GROWTH) {
            throw new Unreadable(
                    "its normalizers can make a text " + Math.round(safety.growth) + " times as long as it is");
        }
        model(Fields.of("model", tokenizer.get("model")));
        addedTokens(tokenizer);
        LibraryJson.check(tokenizer); // behind what can say more of the same
        return safety.simple;
    }

    private void check(String section, JsonObject json, int depth) {
        Fields part = Fields.of(section, json);
        String type = part.text("type");
        if (depth > DEEPEST || ++parts > PARTS) {
            throw new Unreadable(
                    "its " + section + " is nested deeper than " + DEEPEST + " or has more than " + PARTS + " parts");
        }
        if (type.equals("Sequence")) {
            part.list(SEQUENCES.getOrDefault(section, "")).forEach(inner -> check(section, inner.json(), depth + 1));
            return;
        }
        switch (section) {
            case "normalizer" -> normalizer(part, type);
            case "pre_tokenizer" -> preTokenizer(part, type);
            default -> decoder(part, type);
        }
    }

    private void normalizer(Fields part, String type) {
        switch (type) {
            case "Precompiled" -> CharsMap.decode(part.text("precompiled_charsmap"));
            case "Replace" -> growth *= replaced(part);
            case "Prepend" -> {
                if (part.text("prepend").length() > LONGEST_PREPENDED) {
                    throw new Unreadable("its normalizer puts a long text before every other");
                }
            }
            default -> require(NORMALIZERS.contains(type), part, type);
        }
    }

    /** How many times as long a text becomes at most. */
    private double replaced(Fields part) {
        double content = part.text("content").getBytes(StandardCharsets.UTF_8).length;
        String text = expression(part);
        double least = text == null ? 1 : text.getBytes(StandardCharsets.UTF_8).length;
        return Math.max(1, content / least);
    }

    private void preTokenizer(Fields part, String type) {
        switch (type) {
            case "Split" -> expression(part);
            case "FixedLength" -> {
                if (part.number("length", 1) < 1) {
                    throw new Unreadable("its pre_tokenizer FixedLength has the length " + part.number("length", 1));
                }
            }
            default -> require(PRE_TOKENIZERS.contains(type), part, type);
        }
    }

    private void decoder(Fields part, String type) {
        switch (type) {
            case "Replace" -> {
                boolean encodes = simple;
                expression(part);
                if (!simple && encodes) {
                    throw new Unreadable("its decoder Replace has an expression that may take for ever");
                }
            }
            case "Strip" -> {
                if (part.number("stop", 0) > 0) {
                    throw new Unreadable("its decoder Strip cuts the ends of tokens, which may be shorter than that");
                }
            }
            default -> require(DECODERS.contains(type), part, type);
        }
    }

    /** The text that a pattern is; null where it is a regular expression. */
    private @Nullable String expression(Fields part) {
        JsonObject pattern = part.required("pattern").getAsJsonObject();
        if (pattern.has("String")) {
            String text = pattern.get("String").getAsString();
            if (text.isEmpty()) {
                throw new Unreadable("its " + part.section() + " " + part.text("type") + " looks for an empty text");
            }
            return text;
        }
        String expression = Fields.of(part.section(), pattern).text("Regex");
        RegexShape shape = RegexShape.of(expression);
        if (shape.matchesNothing()) {
            throw new Unreadable("the expression " + expression + " of its " + part.section() + " " + part.text("type")
                    + " can match an empty text");
        }
        simple &= shape.isSimple();
        return null;
    }

    private static void require(boolean safe, Fields part, String what) {
        if (!safe) {
            throw Unreadable.unsupported(part.section(), what);
        }
    }

    private static void model(Fields model) {
        searched(model);
        if (model.required("vocab") instanceof JsonObject vocabulary) { // of a list the places are the ids
            vocabulary.asMap().values().forEach(id -> requireId("a token", id.getAsInt()));
            JsonElement unknown = model.get("unk_token");
            if (unknown != null && !vocabulary.has(unknown.getAsString())) {
                throw new Unreadable("the unknown token " + unknown.getAsString() + " is not in the vocabulary");
            }
        } else if (model.get("unk_id") == null) {
            throw new Unreadable("its Unigram model has no unk_id, and so no id for a character that no token covers");
        }
        String prefix = model.text("continuing_subword_prefix", "");
        if (!prefix.isEmpty() && model.get("merges") != null) {
            for (JsonElement merge : model.required("merges").getAsJsonArray()) {
                String right = merge.isJsonArray()
                        ? merge.getAsJsonArray().get(1).getAsString()
                        : merge.getAsString().substring(merge.getAsString().indexOf(' ') + 1);
                if (!right.startsWith(prefix)) {
                    throw new Unreadable(
                            "its merge " + merge + " goes on with a token that lacks the prefix " + prefix);
                }
            }
        }
    }

    /** Of WordPiece and Unigram: each place of a word is tried with tokens of every length. */
    private static void searched(Fields model) {
        int word = model.number("max_input_chars_per_word", 100);
        if (word > LONGEST_WORD) {
            throw new Unreadable("it looks for tokens in words of " + word + " characters, more than " + LONGEST_WORD);
        }
        JsonElement vocabulary = model.required("vocab");
        boolean pairs = vocabulary.isJsonArray();
        if (model.get("merges") == null || pairs) {
            Stream<String> tokens = pairs
                    ? vocabulary.getAsJsonArray().asList().stream()
                            .map(pair -> pair.getAsJsonArray().get(0).getAsString())
                    : vocabulary.getAsJsonObject().keySet().stream();
            tokens.filter(token -> token.length() > LONGEST_PIECE).findFirst().ifPresent(token -> {
                throw new Unreadable("a token has " + token.length() + " characters, more than " + LONGEST_PIECE);
            });
        }
    }

    private static void requireId(String token, int id) {
        if (id < 0 || id >= HIGHEST_ID) {
            throw new Unreadable(token + " has the id " + id);
        }
    }

    /** Special ones are never looked for in a text, so that it matters not what is left of them. */
    private static void addedTokens(JsonObject tokenizer) {
        List<AddedToken> added = AddedToken.read(tokenizer.get("added_tokens"), Set.of());
        added.forEach(token -> requireId("its added token \"" + token.content() + "\"", token.id()));
        Set<String> specials = SpecialNames.of(
                tokenizer, added.stream().map(AddedToken::content).collect(Collectors.toSet()));
        List<AddedToken> normalized = added.stream()
                .filter(token -> token.normalized() && !specials.contains(token.content()))
                .toList();
        if (normalized.isEmpty()) {
            return;
        }
        Normalizer normalizer =
                NormalizerReader.read(Fields.of("the file", tokenizer).get("normalizer"));
        for (AddedToken token : normalized) {
            if (normalizer.normalize(token.content(), Place.AFTER_SPECIAL).isEmpty()) {
                throw new Unreadable("nothing is left of its added token " + new JsonPrimitive(token.content())
                        + " once it is normalized; with \"normalized\": false it can be used");
            }
        }
    }
}
