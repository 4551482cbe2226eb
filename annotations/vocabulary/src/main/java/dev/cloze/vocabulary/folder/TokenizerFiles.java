package dev.cloze.vocabulary.folder;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the files of a model whole; whatever is wrong with one is TOKENIZER_UNREADABLE. */
record TokenizerFiles(FileSource source) {

    /** Bytes; that of a million tokens has some sixty million. */
    private static final int LARGEST = 256 << 20;

    boolean has(String name) {
        try (InputStream content = source.open(name)) {
            return content != null;
        } catch (IOException e) {
            throw unopened(name, e);
        }
    }

    /** The content of a file that is not larger than so many bytes. */
    byte[] bytes(String name, int most) {
        try (InputStream content = source.open(name)) {
            if (content == null) {
                throw unopened(name, new IOException("it is not there"));
            }
            byte[] bytes = content.readNBytes(most);
            if (content.read() >= 0) {
                throw unreadable(name, "it is larger than %d MB".formatted(most >> 20), null);
            }
            return bytes;
        } catch (IOException e) {
            throw unopened(name, e);
        }
    }

    String text(String name) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(bytes(name, LARGEST));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw unreadable(name, "it is not UTF-8 text", e);
        }
    }

    JsonObject object(String name) {
        try {
            return JsonParser.parseString(text(name)).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw unreadable(name, "it is not a JSON object (" + e.getMessage() + ")", e);
        }
    }

    ClozeException unreadable(String file, String reason, @Nullable Throwable cause) {
        String details = """
                The tokenizer file %s cannot be read: %s.
                  Fetch the file again, or save the tokenizer anew with save_pretrained of a "fast" tokenizer.""".formatted(source.address(file), reason);
        return cause == null
                ? new ClozeException(Problem.TOKENIZER_UNREADABLE, details)
                : new ClozeException(Problem.TOKENIZER_UNREADABLE, details, cause);
    }

    private ClozeException unopened(String file, IOException cause) {
        return unreadable(file, "the file cannot be opened (" + cause + ")", cause);
    }
}
