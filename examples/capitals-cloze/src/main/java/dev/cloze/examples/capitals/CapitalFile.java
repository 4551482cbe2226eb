package dev.cloze.examples.capitals;

import dev.cloze.runtime.Answered;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads countries and capitals from a resource beside this class: a line of names, then the country, a tab, the capital. */
final class CapitalFile {

    private CapitalFile() {}

    static List<Answered<Country>> read(String name) throws IOException {
        InputStream bytes = Objects.requireNonNull(CapitalFile.class.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(CapitalFile::capital).toList();
        }
    }

    private static Answered<Country> capital(String line) {
        String[] columns = line.split("\t", -1);
        return new Answered<>(new Country(columns[0]), columns[1]);
    }
}
