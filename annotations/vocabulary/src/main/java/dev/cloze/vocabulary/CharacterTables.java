package dev.cloze.vocabulary;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the Hugging Face tokenizers library knows of each character, written down from the library itself.
 *
 * <p>Its parts have tables of several Unicode versions, and Java's differ from release to release; so nothing of Java's
 * own is asked. A test asks the library again about all characters.
 */
final class CharacterTables {

    static final String RESOURCE = "character-classes.txt";

    private static final String LOWER = "lower";

    private static final Map<String, BitSet> CLASSES = new HashMap<>();
    private static final Map<Integer, Integer> LOWERED = new HashMap<>();

    static {
        try (InputStream stream = requireNonNull(CharacterTables.class.getResourceAsStream(RESOURCE))) {
            String text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
            text.lines().filter(line -> !line.startsWith("#")).forEach(CharacterTables::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CharacterTables() {}

    /** The characters of a class, which the tables have. */
    static BitSet of(String name) {
        return requireNonNull(CLASSES.get(name), name);
    }

    /** The names of the classes that begin so. */
    static List<String> names(String beginning) {
        return CLASSES.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .sorted()
                .toList();
    }

    /** The character in lower case; itself where it has none. */
    static int lower(int c) {
        return LOWERED.getOrDefault(c, c);
    }

    /** Lines of a name and hexadecimal ranges, {@code numeric 30-39 B2-B3 B9}; of lower case with what is added. */
    private static void read(String line) {
        List<String> words = Arrays.asList(line.split(" "));
        List<String> ranges = words.subList(1, words.size());
        if (words.get(0).equals(LOWER)) {
            ranges.forEach(CharacterTables::readLower);
        } else {
            CLASSES.put(words.get(0), ranges(ranges));
        }
    }

    /** {@code 41-5A:20}: each is 20 below its small letter; {@code 100-12E/2:1}: each second one. */
    private static void readLower(String range) {
        String[] parts = range.split(":");
        String[] stepped = parts[0].split("/");
        int step = stepped.length > 1 ? number(stepped[1]) : 1;
        for (int c = first(stepped[0]); c <= last(stepped[0]); c += step) {
            LOWERED.put(c, c + number(parts[1]));
        }
    }

    private static BitSet ranges(List<String> ranges) {
        BitSet characters = new BitSet();
        ranges.forEach(range -> characters.set(first(range), last(range) + 1));
        return characters;
    }

    private static int first(String range) {
        return number(range.split("-")[0]);
    }

    private static int last(String range) {
        return number(range.substring(range.indexOf('-') + 1));
    }

    private static int number(String hexadecimal) {
        return Integer.parseInt(hexadecimal, 16);
    }
}
