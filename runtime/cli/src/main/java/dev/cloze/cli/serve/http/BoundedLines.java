package dev.cloze.cli.serve.http;

import dev.cloze.runtime.workbench.request.Refused;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** Lines of a stream without an end, none of them longer than is held. */
public final class BoundedLines {

    private final BufferedReader reader;
    private final int most;

    BoundedLines(BufferedReader reader, int most) {
        this.reader = reader;
        this.most = most;
    }

    /** Whether some of the next line is there already; false at the end. */
    public boolean isReady() throws IOException {
        return reader.ready();
    }

    /**
     * The next line that isn't blank; null at the end.
     *
     * @throws Refused where a line is too long, or not UTF-8
     */
    public @Nullable String next() throws IOException {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    if (line.length() > most) {
                        throw Refused.tooLarge("A line may have " + most
                                + " characters, and this one has more.\n  Send shorter ones, or have the server"
                                + " started with a larger --max-body.");
                    }
                } else if (line.toString().isBlank()) {
                    line.setLength(0);
                } else {
                    return line.toString();
                }
            }
        } catch (CharacterCodingException e) {
            throw Refused.unreadable(
                    "The stream is not UTF-8.\n  JSON is sent in UTF-8, whatever the sender's system has.");
        }
        return line.toString().isBlank() ? null : line.toString();
    }
}
