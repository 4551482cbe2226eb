package dev.cloze.runtime;

import dev.cloze.runtime.GenerationOptions.EarlyStopping;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a {@link GenerationOptions} holds, with the defaults; a copy may be changed until an instance holds it. */
final class GenerationOptionValues implements Cloneable {

    int maxTokens = 128;
    int minTokens;
    int beams = 1;
    double lengthPenalty = 1;
    EarlyStopping earlyStopping = EarlyStopping.FALSE;
    int noRepeatNgram;
    List<String> forbidden = List.of();
    SortedSet<Integer> forbiddenTokens = new TreeSet<>();
    double temperature;
    int topK;
    double topP = 1;
    long seed;
    int sequences = 1;
    List<String> stopWords = List.of();

    @Nullable
    Duration deadline;

    GenerationOptionValues copy() {
        try {
            return (GenerationOptionValues) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    Map<String, String> asMap() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("maxTokens", Integer.toString(maxTokens));
        values.put("minTokens", Integer.toString(minTokens));
        values.put("beams", Integer.toString(beams));
        values.put("lengthPenalty", Double.toString(lengthPenalty));
        values.put("earlyStopping", earlyStopping.name());
        values.put("noRepeatNgram", Integer.toString(noRepeatNgram));
        values.put("forbidden", forbidden.toString());
        values.put("forbiddenTokens", forbiddenTokens.toString());
        values.put("temperature", Double.toString(temperature));
        values.put("topK", Integer.toString(topK));
        values.put("topP", Double.toString(topP));
        values.put("seed", Long.toString(seed));
        values.put("sequences", Integer.toString(sequences));
        values.put("stopWords", stopWords.toString());
        values.put("deadline", deadline == null ? "none" : deadline.toString());
        return values;
    }
}
