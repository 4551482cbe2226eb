package dev.cloze.runtime.checkpoint.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files of JSON that are not larger than such files are: what is made of one takes many times its size. */
public final class JsonFile {

    /** Bytes of a configuration, an index or a manifest, at most. */
    public static final long SMALL = 16 << 20;
    /** Bytes of a file of texts, at most. */
    public static final long LARGE = 256 << 20;

    private JsonFile() {}

    /** Says that a file has more bytes than it may have; the message is the end of a sentence. */
    public static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;

        TooLarge(long bytes, long most) {
            super("it has " + bytes + " bytes, and up to " + most + " are allowed");
        }
    }

    /** The content of a file of at most {@link #SMALL} bytes; a JsonParseException where it is no JSON. */
    public static JsonElement read(Path file) throws IOException {
        return read(file, SMALL);
    }

    /** The same of at most so many bytes. */
    public static JsonElement read(Path file, long most) throws IOException {
        long bytes = Files.size(file);
        if (bytes > most) {
            throw new TooLarge(bytes, most);
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            return JsonParser.parseReader(reader);
        }
    }
}
