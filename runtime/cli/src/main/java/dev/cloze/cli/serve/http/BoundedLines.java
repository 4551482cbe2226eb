package dev.cloze.cli.serve.http;

import dev.cloze.runtime.workbench.request.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of a stream without an end, none of them longer than is held; blank ones are passed over. */
public final class BoundedLines {

    private final BodyBytes bytes;
    private final int most;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private @Nullable String whole;
    private boolean ended;

    BoundedLines(BodyBytes bytes, int most) {
        this.bytes = bytes;
        this.most = most;
    }

    /**
     * Whether the next line is there as a whole, so that nobody is waited for; false at the end.
     *
     * @throws Refused as {@link #next}
     */
    public boolean isReady() throws IOException {
        while (isOpen() && bytes.isThere()) {
            take(bytes.next());
        }
        return whole != null;
    }

    /**
     * The next line; null at the end.
     *
     * @throws Refused where a line is too long, or not UTF-8, or nothing comes for too long
     */
    public @Nullable String next() throws IOException {
        while (isOpen()) {
            take(bytes.next());
        }
        String next = whole;
        whole = null;
        return next;
    }

    private boolean isOpen() {
        return whole == null && !ended;
    }

    private void take(int one) {
        ended = one < 0;
        if (one >= 0 && one != '\n') {
            begun.write(one);
            requireRoom();
            return;
        }
        String line = text();
        begun.reset();
        whole = line.isBlank() ? null : line;
    }

    private void requireRoom() {
        if (begun.size() > most) {
            throw Refused.tooLarge("A line may have " + most
                    + " bytes, and this one has more.\n  Send shorter ones, or have the server"
                    + " started with a larger --max-body.");
        }
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(begun.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refused.unreadable(
                    "The stream is not UTF-8.\n  JSON is sent in UTF-8, whatever the sender's system has.");
        }
    }
}
