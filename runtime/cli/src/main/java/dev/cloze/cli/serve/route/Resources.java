package dev.cloze.cli.serve.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Files in the jar. */
final class Resources {

    private Resources() {}

    /** A file beside this package's {@code page} folder, by name. */
    static byte[] read(String name) {
        String path = "/dev/cloze/cli/serve/" + name;
        try (InputStream in = Objects.requireNonNull(Resources.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
