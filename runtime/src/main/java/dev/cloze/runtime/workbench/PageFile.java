package dev.cloze.runtime.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of the page.
 *
 * @param path where it is found, beside the others
 * @param name in the jar
 */
public record PageFile(String path, String name, String mediaType) {

    /** All of them, the page itself first. */
    public static final List<PageFile> ALL = List.of(
            new PageFile("/", "index.html", "text/html;charset=utf-8"),
            new PageFile("/page.css", "page.css", "text/css;charset=utf-8"),
            new PageFile("/page.js", "page.js", "text/javascript;charset=utf-8"),
            new PageFile("/icon.svg", "icon.svg", "image/svg+xml;charset=utf-8"));

    /** What goes with every answer: a page is to load from, ask and be framed by nobody but its server. */
    public static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "X-Frame-Options",
            "DENY",
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    /** That of a path, where there is one. */
    static Optional<PageFile> of(String path) {
        return ALL.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** What it holds. */
    public String text() {
        String place = "page/" + name;
        try (InputStream in = Objects.requireNonNull(PageFile.class.getResourceAsStream(place), place)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(place, e);
        }
    }
}
