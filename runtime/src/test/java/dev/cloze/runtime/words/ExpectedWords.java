package dev.cloze.runtime.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code label_words.py} of the benchmarks finds for the reviews: it restates PETAL's and LM-BFF's search. */
final class ExpectedWords {

    /** So many words more than are found are expected of each label: one at the edge may change places with one beyond it. */
    static final int MORE = 5;

    private static final Path FILE = Path.of("src/test/resources/label-words/expected.json");

    private ExpectedWords() {}

    static JsonObject read() throws IOException {
        return JsonParser.parseString(Files.readString(FILE)).getAsJsonObject();
    }

    /** The same words in the same order, where those whose scores differ by less than 1e-4 may change places. */
    static void assertSameButForTies(List<String> found, JsonArray expected) {
        List<String> words = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (JsonElement one : expected) {
            words.add(one.getAsJsonArray().get(0).getAsString());
            scores.add(one.getAsJsonArray().get(1).getAsDouble());
        }
        assertThat(found).hasSize(words.size() - MORE).doesNotHaveDuplicates();
        for (int i = 0; i < found.size(); i++) {
            int place = words.indexOf(found.get(i));
            assertThat(place).as(found.get(i) + " of " + found).isNotNegative();
            assertThat(scores.get(place)).as(found.get(i)).isCloseTo(scores.get(i), within(1e-4));
        }
    }
}
