package dev.cloze.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line as it was typed, whatever the locale says.
 *
 * <p>Under {@code LC_ALL=C} the JVM turns each byte beyond ASCII into U+FFFD before {@code main} is called; Linux keeps the
 * bytes themselves.
 */
final class CommandLineBytes {

    private static final Path KEPT = Path.of("/proc/self/cmdline");
    private static final char REPLACED = '\uFFFD';

    private CommandLineBytes() {}

    /** The arguments themselves, or, where some were garbled and their bytes are kept as UTF-8, what these spell. */
    static String[] restored(String[] arguments) {
        boolean garbled = List.of(arguments).stream().anyMatch(argument -> argument.indexOf(REPLACED) >= 0);
        return garbled && Files.isReadable(KEPT) ? restored(arguments, kept()) : arguments;
    }

    /** The last of the kept ones are those of {@code main}; the JVM's own come before. */
    static String[] restored(String[] arguments, byte[] kept) {
        List<String> all = split(kept);
        return all.size() < arguments.length
                ? arguments
                : all.subList(all.size() - arguments.length, all.size()).toArray(String[]::new);
    }

    /** Each ends with a zero byte; nothing where one of them is not UTF-8. */
    private static List<String> split(byte[] kept) {
        List<String> all = new ArrayList<>();
        int start = 0;
        try {
            for (int i = 0; i < kept.length; i++) {
                if (kept[i] == 0) {
                    ByteBuffer bytes = ByteBuffer.wrap(kept, start, i - start);
                    all.add(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
                    start = i + 1;
                }
            }
        } catch (CharacterCodingException e) {
            return List.of();
        }
        return all;
    }

    private static byte[] kept() {
        try {
            return Files.readAllBytes(KEPT);
        } catch (IOException e) {
            // The arguments stay as the JVM read them.
            return new byte[0];
        }
    }
}
