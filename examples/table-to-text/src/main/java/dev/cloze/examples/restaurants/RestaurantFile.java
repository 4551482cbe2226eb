package dev.cloze.examples.restaurants;

import dev.cloze.runtime.TextPair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads facts with their sentences from a resource beside this class: a line each, tabs between, "" for what is not known. */
final class RestaurantFile {

    private RestaurantFile() {}

    static List<TextPair<Restaurant>> read(String name) throws IOException {
        InputStream bytes = Objects.requireNonNull(RestaurantFile.class.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().map(RestaurantFile::pair).toList();
        }
    }

    private static TextPair<Restaurant> pair(String line) {
        String[] columns = line.split("\t", -1);
        Restaurant restaurant = new Restaurant(
                columns[0],
                columns[1],
                fact(columns[2]),
                fact(columns[3]),
                fact(columns[4]),
                fact(columns[5]),
                fact(columns[6]));
        return new TextPair<>(restaurant, columns[7]);
    }

    private static Optional<String> fact(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
