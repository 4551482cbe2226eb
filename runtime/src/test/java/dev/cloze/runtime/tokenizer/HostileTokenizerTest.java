package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.training.ChildJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on which the native library ends the process, tried in one of its own. */
class HostileTokenizerTest {

    private static final String PLAIN = """
            {"added_tokens": [{"id": 0, "content": "[UNK]", "single_word": false, "lstrip": false, "rstrip": false,
              "normalized": false, "special": true}],
             "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "decoder": null,
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
              "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "a": 1, "b": 2, "##a": 3, "##b": 4}}}""";

    private static final String PAIRS = """
            {"type": "BPE", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
             "vocab": {"[UNK]": 0, "a": 1, "é": 2, "aé": 3}, "merges": ["a é"]}""";

    /** Texts that were the end of the process in one file or another. */
    private static final List<String> TEXTS = List.of("é a", "ab b ba", "a".repeat(40) + "b", "\0\u0001 \u0301\n", "");

    @TempDir
    Path folder;

    /** By what is changed: the reason why the file is refused, empty where it can be read all the same. */
    private static final Map<String, String> REASONS = new LinkedHashMap<>();

    static {
        REASONS.put(
                "added_tokens=[{'id': 0, 'content': '[UNK]', 'special': true}, {'id': 5, 'content': '\\n'}];"
                        + "normalizer={'type': 'Strip'}",
                "nothing is left of its added token \"\\n\"");
        REASONS.put("model=" + PAIRS.replace('"', '\''), "goes on with a token that lacks the prefix ##");
        REASONS.put(
                "normalizer=" + precompiled(2, 0xFFFFFFFF, 0x7FFFFFFF),
                "precompiled_charsmap of the normalizer is damaged");
        REASONS.put("normalizer=" + precompiled(0), "is damaged");
        REASONS.put("normalizer=" + precompiled(1 << 28), "is cut short");
        REASONS.put("pre_tokenizer={'type': 'FixedLength', 'length': 0}", "FixedLength has the length 0");
        REASONS.put(
                "normalizer={'type': 'Replace', 'pattern': {'Regex': 'b*'}, 'content': 'x'}",
                "can match an empty text");
        REASONS.put(
                "normalizer={'type': 'Replace', 'pattern': {'String': ''}, 'content': 'x'}", "looks for an empty text");
        REASONS.put("pre_tokenizer={'type': 'Split', 'pattern': {'Regex': '(a|a|aa)+$'}, 'behavior': 'Isolated'}", "");
        REASONS.put(
                "pre_tokenizer={'type': 'Split', 'pattern': {'Regex': '" + "(".repeat(2000) + "a" + ")".repeat(2000)
                        + "'}, 'behavior': 'Isolated'}",
                "nested deeper than 50");
        REASONS.put("decoder={'type': 'Strip', 'content': 'a', 'start': 5, 'stop': 5}", "decoder Strip");
        REASONS.put(
                "normalizer={'type': 'Sequence', 'normalizers': ["
                        + "{'type': 'Replace', 'pattern': {'String': 'a'}, 'content': 'aaaaaaaaaa'},".repeat(11)
                        + "{'type': 'NFC'}]}",
                "100000000000 times as long");
        REASONS.put(
                "normalizer=" + "{'type': 'Sequence', 'normalizers': [".repeat(100) + "]}".repeat(100),
                "nested deeper");
        REASONS.put(
                "model={'type': 'WordPiece', 'unk_token': '[NO]', 'vocab': {'a': 0}}", "[NO] is not in the vocabulary");
        REASONS.put("model={'type': 'WordPiece', 'unk_token': 'a', 'vocab': {'a': 2000000000}}", "the id 2000000000");
        REASONS.put("pre_tokenizer={'type': 'Oddity'}", "pre_tokenizer has the type Oddity");
        REASONS.put("decoder={'type': 'Oddity'}", "decoder has the type Oddity");
    }

    private static String precompiled(int units, int... trie) {
        ByteBuffer bytes = ByteBuffer.allocate(5 + 4 * trie.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(4 * units);
        Arrays.stream(trie).forEach(bytes::putInt);
        return "{'type': 'Precompiled', 'precompiled_charsmap': '"
                + Base64.getEncoder().encodeToString(bytes.array()) + "'}";
    }

    @Test
    void eachIsRefusedByNameOrReadWithoutTheLibrary() throws Exception {
        int number = 0;
        for (String changes : REASONS.keySet()) {
            write(folder.resolve(String.format("%02d", number++)), changes);
        }
        ChildJvm child = ChildJvm.start(Opening.class, List.of(folder.toString()));
        assertThat(child.process().waitFor())
                .as(Files.readString(child.outputFile()))
                .isZero();
        List<String> lines = Files.readAllLines(child.outputFile()).stream()
                .filter(line -> line.startsWith("> "))
                .toList();
        assertThat(lines).hasSameSizeAs(REASONS.values());
        int line = 0;
        for (String reason : REASONS.values()) {
            assertThat(lines.get(line++)).contains(reason.isEmpty() ? "read" : "[TokenizerUnreadable]", reason);
        }
    }

    private static void write(Path place, String changes) throws IOException {
        JsonObject file = JsonParser.parseString(PLAIN).getAsJsonObject();
        for (String change : changes.split(";")) {
            int sign = change.indexOf('=');
            file.add(
                    change.substring(0, sign),
                    JsonParser.parseString(change.substring(sign + 1).replace('\'', '"')));
        }
        Files.createDirectories(place);
        Files.writeString(place.resolve("tokenizer.json"), file.toString());
    }

    /** Opens all of them, and reads and writes with those that can be opened. */
    static final class Opening {

        private Opening() {}

        public static void main(String[] arguments) throws IOException {
            try (var folders = Files.list(Path.of(arguments[0]))) {
                for (Path place : folders.sorted().toList()) {
                    System.out.println("> " + outcome(place));
                }
            }
        }

        private static String outcome(Path place) {
            try (Tokenizer tokenizer = Tokenizer.open(place)) {
                for (String text : TEXTS) {
                    tokenizer.decode(tokenizer.encode(text, true));
                    tokenizer.decode(new int[] {0, 1, 2, 3, 4, 99});
                }
                return "read";
            } catch (ClozeException e) {
                return String.valueOf(e.getMessage()).replace('\n', ' ');
            }
        }
    }

    @Test
    void whatIsReadWithoutTheLibraryHasTheLibrarysTokens() throws IOException {
        write(
                folder.resolve("split"),
                "pre_tokenizer={'type': 'Split', 'pattern': {'Regex': '(a|b)+'}, 'behavior': 'Isolated', 'invert': false}");
        String json = Files.readString(folder.resolve("split").resolve("tokenizer.json"));
        try (Tokenizer tokenizer = Tokenizer.open(folder.resolve("split"));
                NativeTokenizer library = new NativeTokenizer(json)) {
            for (String text : List.of("ab b ba", "a", "  a  b", "bab!ab", "xyz", "é a b", "")) {
                assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(library.encode(text));
            }
            assertThat(tokenizer.decode(new int[] {1, 2})).isEqualTo(library.decode(new long[] {1, 2}));
        }
    }
}
