package dev.cloze.examples.ptuning;

import dev.cloze.runtime.Labeled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads labelled feedback from a resource beside this class: a line each, the text, a tab, the label. */
final class FeedbackFile {

    private FeedbackFile() {}

    static List<Labeled<Feedback, Mood>> read(String name) throws IOException {
        InputStream bytes = Objects.requireNonNull(FeedbackFile.class.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().map(FeedbackFile::feedback).toList();
        }
    }

    private static Labeled<Feedback, Mood> feedback(String line) {
        String[] columns = line.split("\t", -1);
        return new Labeled<>(new Feedback(columns[0]), Mood.valueOf(columns[1]));
    }
}
