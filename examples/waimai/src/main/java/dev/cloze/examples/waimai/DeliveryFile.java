package dev.cloze.examples.waimai;

import dev.cloze.runtime.Labeled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads labelled reviews from a resource beside this class: a line each, the text, a tab, the label. */
final class DeliveryFile {

    private DeliveryFile() {}

    static List<Labeled<Delivery, Opinion>> read(String name) throws IOException {
        InputStream bytes = Objects.requireNonNull(DeliveryFile.class.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().map(DeliveryFile::delivery).toList();
        }
    }

    private static Labeled<Delivery, Opinion> delivery(String line) {
        String[] columns = line.split("\t", -1);
        return new Labeled<>(new Delivery(columns[0]), Opinion.valueOf(columns[1]));
    }
}
