package dev.cloze.vocabulary;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.vocabulary.folder.TokenizerFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Agreement on tokenizers of well-known models, where they are beside the repository. */
class SharedTokenizersTest {

    @Test
    void bertBaseChineseAgrees() {
        Path file = shared("models/tokenizers/bert-base-chinese/tokenizer.json");
        AgreementTest.agrees(Fixtures.text(file));
    }

    @Test
    void bertBaseUncasedAgrees() {
        Path file = shared("models/tokenizers/bert-base-uncased/vocab.txt");
        List<String> lines = Fixtures.text(file).lines().toList();
        JsonObject vocabulary = new JsonObject();
        for (int id = 0; id < lines.size(); id++) {
            vocabulary.addProperty(lines.get(id), id);
        }
        JsonObject tokenizer = JsonParser.parseString("""
                        {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                                        "strip_accents": null, "lowercase": true},
                         "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null, "decoder": null,
                         "version": "1.0", "added_tokens": [],
                         "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                                   "max_input_chars_per_word": 100}}""").getAsJsonObject();
        tokenizer.getAsJsonObject("model").add("vocab", vocabulary);
        AgreementTest.agrees(tokenizer.toString());
    }

    @Test
    void t5Agrees() {
        Path folder = shared("models/tokenizers/t5/spiece.model").resolveSibling("");
        AgreementTest.agrees(TokenizerFolder.open(folder).tokenizer().toString());
    }

    @Test
    void gpt2Agrees() {
        Path folder = shared("models/tokenizers/gpt2");
        JsonArray merges = new JsonArray();
        Fixtures.text(folder.resolve("merges.txt")).lines().skip(1).forEach(merges::add);
        JsonObject tokenizer = JsonParser.parseString("""
                        {"normalizer": null, "post_processor": null, "decoder": null, "version": "1.0",
                         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true},
                         "added_tokens": [], "model": {"type": "BPE"}}""").getAsJsonObject();
        JsonObject model = tokenizer.getAsJsonObject("model");
        model.add("vocab", JsonParser.parseString(Fixtures.text(folder.resolve("vocab.json"))));
        model.add("merges", merges);
        AgreementTest.agrees(tokenizer.toString());
    }

    private static Path shared(String path) {
        Optional<Path> found = Fixtures.shared(path);
        assumeTrue(found.isPresent(), "skipped: there is no shared/" + path + " beside the repository");
        return found.orElseThrow();
    }
}
