package dev.cloze.examples.entailment;

import dev.cloze.runtime.Labeled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads labelled pairs from a resource beside this class: a line each, a premise, a hypothesis that follows from it, and one
 * that contradicts it, between tabs.
 */
final class PairFile {

    private PairFile() {}

    static List<Labeled<Pair, Verdict>> read(String name) throws IOException {
        InputStream bytes = Objects.requireNonNull(PairFile.class.getResourceAsStream(name), name);
        List<Labeled<Pair, Verdict>> pairs = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                String[] columns = line.split("\t", -1);
                pairs.add(new Labeled<>(new Pair(columns[0], columns[1]), Verdict.FOLLOWS));
                pairs.add(new Labeled<>(new Pair(columns[0], columns[2]), Verdict.CONTRADICTS));
            }
        }
        return List.copyOf(pairs);
    }
}
