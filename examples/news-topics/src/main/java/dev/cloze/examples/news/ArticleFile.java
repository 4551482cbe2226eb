package dev.cloze.examples.news;

import dev.cloze.runtime.Labeled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads labelled articles from a resource beside this class: a line each, title, body and label between tabs. */
final class ArticleFile {

    private ArticleFile() {}

    static List<Labeled<Article, Topic>> read(String name) throws IOException {
        InputStream bytes = Objects.requireNonNull(ArticleFile.class.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().map(ArticleFile::article).toList();
        }
    }

    private static Labeled<Article, Topic> article(String line) {
        String[] columns = line.split("\t", -1);
        return new Labeled<>(new Article(columns[0], columns[1]), Topic.valueOf(columns[2]));
    }
}
