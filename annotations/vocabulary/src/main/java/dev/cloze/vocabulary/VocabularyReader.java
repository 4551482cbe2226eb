package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.Reader;
import java.util.Map;

/** Reads a whole {@code tokenizer.json}; whatever is wrong with it becomes one kind of exception. */
final class VocabularyReader {

    private VocabularyReader() {}

    static Vocabulary read(Reader reader, String source) {
        try {
            return read(JsonParser.parseReader(reader), source);
        } catch (JsonParseException e) {
            throw problem(source, "it is not JSON (" + e.getMessage() + ")", e);
        }
    }

    static Vocabulary read(JsonElement file, String source) {
        try {
            return vocabulary(Fields.of("the file", file));
        } catch (Unreadable e) {
            throw problem(source, String.valueOf(e.getMessage()), e);
        } catch (IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException
                | ClassCastException
                | IndexOutOfBoundsException
                | NullPointerException e) {
            throw problem(source, "a value has another shape than expected (" + e.getMessage() + ")", e);
        }
    }

    private static Vocabulary vocabulary(Fields file) {
        LibrarySafety.encodes(
                file.json()); // the compiler refuses what the runtime refuses, before anything is made of it
        Fields model = Fields.of("model", file.required("model"));
        Map<String, Integer> tokens = ModelReader.tokens(model);
        PostProcessor postProcessor = PostProcessor.read(file.get("post_processor"));
        TokenTable table = TokenTable.of(tokens, file);
        return new Vocabulary(
                NormalizerReader.read(file.get("normalizer")),
                PreTokenizerReader.read(file.get("pre_tokenizer")),
                ModelReader.read(model, tokens, table.specials()),
                table,
                postProcessor,
                AddedTokens.of(file.json()));
    }

    static ClozeException problem(String source, String reason, Throwable cause) {
        return new ClozeException(Problem.TOKENIZER_UNREADABLE, """
                The tokenizer %s cannot be read: %s.
                  Cloze reads the tokenizer.json of WordPiece, byte-level BPE and Unigram tokenizers, as the
                  Hugging Face tokenizers library writes it.
                  If the file was downloaded, fetch it again; if it was converted, save it with a "fast" tokenizer.""".formatted(source, reason), cause);
    }
}
