package dev.cloze.examples.prefix;

import dev.cloze.runtime.TextPair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads facts with their sentences: a line each, tabs between, "" for what is not known. */
final class PlaceFile {

    private static final String FOLDER = "/dev/cloze/examples/restaurants/";

    private PlaceFile() {}

    static List<TextPair<Place>> read(String name) throws IOException {
        InputStream bytes = Objects.requireNonNull(PlaceFile.class.getResourceAsStream(FOLDER + name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().map(PlaceFile::pair).toList();
        }
    }

    private static TextPair<Place> pair(String line) {
        String[] columns = line.split("\t", -1);
        Place place = new Place(
                columns[0],
                columns[1],
                fact(columns[2]),
                fact(columns[3]),
                fact(columns[4]),
                fact(columns[5]),
                fact(columns[6]));
        return new TextPair<>(place, columns[7]);
    }

    private static Optional<String> fact(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
