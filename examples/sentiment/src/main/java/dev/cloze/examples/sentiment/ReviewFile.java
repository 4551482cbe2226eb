package dev.cloze.examples.sentiment;

import dev.cloze.runtime.Labeled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads labelled reviews from a resource beside this class: a line each, the text, a tab, the label. */
final class ReviewFile {

    private ReviewFile() {}

    static List<Labeled<Review, Sentiment>> read(String name) throws IOException {
        InputStream bytes = Objects.requireNonNull(ReviewFile.class.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().map(ReviewFile::review).toList();
        }
    }

    private static Labeled<Review, Sentiment> review(String line) {
        String[] columns = line.split("\t", -1);
        return new Labeled<>(new Review(columns[0]), Sentiment.valueOf(columns[1]));
    }
}
