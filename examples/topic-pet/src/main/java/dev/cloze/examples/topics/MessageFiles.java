package dev.cloze.examples.topics;

import dev.cloze.runtime.Labeled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads messages from resources beside this class. */
final class MessageFiles {

    private MessageFiles() {}

    /** Labelled messages: a line each, the text, a tab, the topic. */
    static List<Labeled<Message, Topic>> labeled(String name) {
        try (Stream<String> lines = lines(name)) {
            return lines.map(line -> line.split("\t", -1))
                    .map(columns -> new Labeled<>(new Message(columns[0]), Topic.valueOf(columns[1])))
                    .toList();
        }
    }

    /** Messages without a topic, a line each, read as they are asked for; the stream closes the file. */
    static Stream<Message> unlabeled(String name) {
        return lines(name).map(Message::new);
    }

    private static Stream<String> lines(String name) {
        InputStream bytes = Objects.requireNonNull(MessageFiles.class.getResourceAsStream(name), name);
        BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        return reader.lines().onClose(() -> close(reader));
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
