package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a tokenizer of letters whose special tokens begin alike. */
class MarkedTextTest {

    private Tokenizer tokenizer;
    private MarkedText marked;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "added_tokens": [
                   {"id": 0, "content": "<a>", "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false},
                   {"id": 1, "content": "<a>b", "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false}],
                 "normalizer": null, "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}, "post_processor": null,
                 "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
                 "model": {"type": "BPE", "vocab": {"<a>": 0, "<a>b": 1, "a": 2, "b": 3, "<": 4, ">": 5, "Ġ": 6}, "merges": []}}
                """);
        tokenizer = Tokenizer.open(folder);
        marked = new MarkedText(tokenizer);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void namesAreTheirTokensAndTheRestIsText() {
        assertThat(marked.encode("a<a>a <a>")).containsExactly(2, 0, 2, 6, 0);
        assertThat(marked.encode("a<b>")).containsExactly(2, 4, 3, 5);
        assertThat(marked.encode("")).isEmpty();
    }

    @Test
    void ofTwoNamesThatBeginAlikeTheLongerIsMeant() {
        assertThat(marked.encode("<a>b<a>a")).containsExactly(1, 0, 2);
        assertThat(marked.namesIn("<a>b<a>a<a>b")).containsExactly("<a>b", "<a>");
    }

    @Test
    void elsewhereANameIsText() {
        assertThat(tokenizer.encode("<a>", true)).containsExactly(4, 2, 5);
    }
}
