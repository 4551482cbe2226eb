package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A program that opens random tokenizers and has each read and write random texts; it prints which before it does. */
final class RandomTokenizers {

    private static final int TEXTS = 40;

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "ab",
            "##a",
            "##b",
            "é",
            "e\u0301",
            "▁",
            "▁a",
            " ",
            "\n",
            "\t",
            "\0",
            "\u0001",
            "中",
            "中文",
            "😀",
            "👩\u200D👩",
            "\u0301",
            "\u0300\u0301",
            "İ",
            "ß",
            "ﬁ",
            "ﷺ",
            "1",
            "12",
            "½",
            "Ⅷ",
            ".",
            ",",
            "!",
            "'s",
            "don't",
            "\u00A0",
            "\u3000",
            "\u200B",
            "\uFEFF",
            "\uFFFD",
            "_",
            "Ġ",
            "Ċ",
            "<s>",
            "[UNK]",
            "x",
            "\u0E01\u0E33",
            "각",
            "\u1100\u1161");

    private static final List<String> NORMALIZERS = List.of(
            "{'type': 'BertNormalizer', 'clean_text': true, 'handle_chinese_chars': true, 'strip_accents': null, 'lowercase': true}",
            "{'type': 'BertNormalizer', 'clean_text': false, 'handle_chinese_chars': true, 'strip_accents': true, 'lowercase': false}",
            "{'type': 'NFC'}",
            "{'type': 'NFD'}",
            "{'type': 'NFKC'}",
            "{'type': 'NFKD'}",
            "{'type': 'Lowercase'}",
            "{'type': 'StripAccents'}",
            "{'type': 'Nmt'}",
            "{'type': 'ByteLevel'}",
            "{'type': 'Prepend', 'prepend': '▁'}",
            "{'type': 'Strip', 'strip_left': true, 'strip_right': true}",
            "{'type': 'Strip', 'strip_left': false, 'strip_right': true}",
            "{'type': 'Replace', 'pattern': {'String': ' '}, 'content': '▁'}",
            "{'type': 'Replace', 'pattern': {'String': 'é'}, 'content': ''}",
            "{'type': 'Replace', 'pattern': {'Regex': ' {2,}'}, 'content': ' '}",
            "{'type': 'Replace', 'pattern': {'Regex': '\\\\s+'}, 'content': '▁▁'}");

    private static final List<String> PRE_TOKENIZERS = List.of(
            "{'type': 'BertPreTokenizer'}",
            "{'type': 'WhitespaceSplit'}",
            "{'type': 'Whitespace'}",
            "{'type': 'ByteLevel', 'add_prefix_space': true, 'trim_offsets': true, 'use_regex': true}",
            "{'type': 'ByteLevel', 'add_prefix_space': false, 'trim_offsets': true, 'use_regex': false}",
            "{'type': 'Metaspace', 'replacement': '▁', 'prepend_scheme': 'first', 'split': true}",
            "{'type': 'Metaspace', 'replacement': '▁', 'prepend_scheme': 'always', 'split': false}",
            "{'type': 'Punctuation', 'behavior': 'Isolated'}",
            "{'type': 'Punctuation', 'behavior': 'MergedWithNext'}",
            "{'type': 'Digits', 'individual_digits': true}",
            "{'type': 'Digits', 'individual_digits': false}",
            "{'type': 'CharDelimiterSplit', 'delimiter': 'é'}",
            "{'type': 'UnicodeScripts'}",
            "{'type': 'FixedLength', 'length': 3}",
            "{'type': 'Split', 'pattern': {'Regex': '\\\\p{N}{1,3}| ?[^\\\\s\\\\p{L}]+|\\\\s+(?!\\\\S)'}, 'behavior': 'Isolated', 'invert': false}",
            "{'type': 'Split', 'pattern': {'Regex': '(a|b)+'}, 'behavior': 'Removed', 'invert': true}",
            "{'type': 'Split', 'pattern': {'String': 'a'}, 'behavior': 'MergedWithPrevious', 'invert': false}");

    private static final List<String> DECODERS = List.of(
            "{'type': 'ByteLevel', 'add_prefix_space': true, 'trim_offsets': true, 'use_regex': true}",
            "{'type': 'WordPiece', 'prefix': '##', 'cleanup': true}",
            "{'type': 'WordPiece', 'prefix': '', 'cleanup': false}",
            "{'type': 'Metaspace', 'replacement': '▁', 'prepend_scheme': 'always', 'split': true}",
            "{'type': 'ByteFallback'}",
            "{'type': 'Fuse'}",
            "{'type': 'Strip', 'content': ' ', 'start': 3, 'stop': 0}",
            "{'type': 'BPEDecoder', 'suffix': ''}",
            "{'type': 'BPEDecoder', 'suffix': '</w>'}",
            "{'type': 'CTC', 'pad_token': 'a', 'word_delimiter_token': '|', 'cleanup': true}",
            "{'type': 'Replace', 'pattern': {'String': '▁'}, 'content': ' '}");

    private final Random random;

    private RandomTokenizers(long seed) {
        random = new Random(seed);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int files = Integer.parseInt(arguments[2]);
        int read = 0;
        for (int i = 0; i < files; i++) {
            RandomTokenizers one = new RandomTokenizers(Long.parseLong(arguments[1]) * 1_000_000 + i);
            String json = one.tokenizer().toString();
            Files.writeString(folder.resolve("tokenizer.json"), json);
            read += one.isRead(folder, json) ? 1 : 0;
        }
        System.out.println(files + " files, " + read + " of them could be read");
    }

    /** A file that is refused is as good as one that is read: the library is asked, or not trusted. */
    private boolean isRead(Path folder, String json) {
        System.out.println(json);
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            for (int i = 0; i < TEXTS; i++) {
                String text = text();
                System.out.println(new com.google.gson.JsonPrimitive(text));
                write(tokenizer, encode(tokenizer, text));
            }
            return true;
        } catch (ClozeException e) {
            return false;
        }
    }

    private int[] encode(Tokenizer tokenizer, String text) {
        try {
            return tokenizer.encode(text, random.nextBoolean());
        } catch (ClozeException e) {
            throw e;
        } catch (RuntimeException e) { // an exception of the library's, which is none of its aborts
            return new int[0];
        }
    }

    private void write(Tokenizer tokenizer, int[] ids) {
        try {
            tokenizer.decode(ids);
            tokenizer.decode(random.ints(random.nextInt(6), 0, 60).toArray());
        } catch (ClozeException e) {
            throw e;
        } catch (RuntimeException e) { // the same
            System.out.println(e.getMessage());
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private JsonObject tokenizer() {
        JsonObject file = new JsonObject();
        JsonArray added = new JsonArray();
        added.add(added("[UNK]", 0, true));
        int ids = PIECES.size(); // which has [UNK] too
        for (int i = random.nextInt(3); i > 0; i--) {
            added.add(added(text() + (random.nextInt(4) > 0 ? "q" + i : ""), ids++, false));
        }
        file.add("added_tokens", added);
        file.add("normalizer", several("normalizers", NORMALIZERS));
        file.add("pre_tokenizer", several("pretokenizers", PRE_TOKENIZERS));
        file.add("decoder", several("decoders", DECODERS));
        file.add("model", model());
        return file;
    }

    private JsonObject several(String name, List<String> parts) {
        JsonArray chosen = new JsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            chosen.add(JsonParser.parseString(
                    parts.get(random.nextInt(parts.size())).replace('\'', '"')));
        }
        JsonObject sequence = new JsonObject();
        sequence.addProperty("type", "Sequence");
        sequence.add(name, chosen);
        return sequence;
    }

    private JsonObject added(String content, int id, boolean special) {
        JsonObject token = new JsonObject();
        token.addProperty("id", id);
        token.addProperty("content", content);
        token.addProperty("single_word", !special && random.nextInt(3) == 0);
        token.addProperty("lstrip", !special && random.nextInt(3) == 0);
        token.addProperty("rstrip", !special && random.nextInt(3) == 0);
        token.addProperty("normalized", !special && random.nextBoolean());
        token.addProperty("special", special);
        return token;
    }

    private JsonObject model() {
        JsonObject vocabulary = new JsonObject();
        JsonArray scored = new JsonArray();
        vocabulary.addProperty("[UNK]", 0);
        scored.add(pair("[UNK]"));
        for (String piece : PIECES) {
            if (!vocabulary.has(piece)) {
                vocabulary.addProperty(piece, vocabulary.size());
                scored.add(pair(piece));
            }
        }
        JsonObject model = new JsonObject();
        switch (random.nextInt(3)) {
            case 0 -> {
                model.addProperty("type", "WordPiece");
                model.addProperty("unk_token", "[UNK]");
                model.addProperty("continuing_subword_prefix", random.nextBoolean() ? "##" : "");
                model.addProperty("max_input_chars_per_word", random.nextInt(20));
                model.add("vocab", vocabulary);
            }
            case 1 -> {
                model.addProperty("type", "BPE");
                model.addProperty("unk_token", "[UNK]");
                model.addProperty("fuse_unk", random.nextBoolean());
                model.addProperty("byte_fallback", random.nextBoolean());
                model.addProperty("ignore_merges", random.nextBoolean());
                model.add("vocab", vocabulary);
                model.add("merges", JsonParser.parseString("[\"a b\", \"▁ a\"]"));
            }
            default -> {
                model.addProperty("type", "Unigram");
                model.addProperty("unk_id", 0);
                model.addProperty("byte_fallback", random.nextBoolean());
                model.add("vocab", scored);
            }
        }
        return model;
    }

    private JsonArray pair(String piece) {
        JsonArray pair = new JsonArray();
        pair.add(piece);
        pair.add(-random.nextDouble() * 10);
        return pair;
    }
}
