package dev.cloze.examples.entities;

import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads messages from a resource beside this class: a line each, with their entities in brackets, {@code [DISH fried rice]}. */
final class MessageFile {

    private static final Pattern MARKED = Pattern.compile("\\[([A-Z]+) ([^\\]]+)\\]");

    private MessageFile() {}

    static List<Extracted<Message, Entity>> read(String name) throws IOException {
        InputStream bytes = Objects.requireNonNull(MessageFile.class.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().map(MessageFile::message).toList();
        }
    }

    static Extracted<Message, Entity> message(String line) {
        StringBuilder text = new StringBuilder();
        List<Span<Entity>> spans = new ArrayList<>();
        Matcher marked = MARKED.matcher(line);
        while (marked.find()) {
            marked.appendReplacement(text, "");
            int start = text.length();
            text.append(marked.group(2));
            spans.add(new Span<>(start, text.length(), Entity.valueOf(marked.group(1))));
        }
        marked.appendTail(text);
        return new Extracted<>(new Message(text.toString()), spans);
    }
}
