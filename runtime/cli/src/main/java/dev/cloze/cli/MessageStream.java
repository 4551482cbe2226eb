package dev.cloze.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Standard error, in UTF-8 under any locale: what the library logs is said in the command line's words. */
final class MessageStream extends PrintStream {

    MessageStream(OutputStream out) {
        super(out, true, StandardCharsets.UTF_8);
    }

    @Override
    public void println(@Nullable String line) {
        super.println(CommandLineWords.of(String.valueOf(line)));
    }
}
