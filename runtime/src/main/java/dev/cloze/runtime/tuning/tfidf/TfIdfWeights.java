package dev.cloze.runtime.tuning.tfidf;

import dev.cloze.runtime.tuning.linear.Features;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weights of terms (Salton and Buckley 1988) as scikit-learn's {@code TfidfVectorizer} has them: how often a term occurs,
 * times {@code log((1 + n) / (1 + df)) + 1} of n training texts of which df have it; of a text, divided by their L2 norm.
 */
final class TfIdfWeights {

    private final List<String> terms;
    private final Map<String, Integer> columns = new HashMap<>();
    private final float[] idf;

    /**
     * @param terms those it knows, each once
     * @param idf their weights
     */
    TfIdfWeights(List<String> terms, float[] idf) {
        this.terms = List.copyOf(terms);
        this.idf = idf.clone();
        for (int i = 0; i < idf.length; i++) {
            columns.put(terms.get(i), i);
        }
    }

    /** Learns from texts, each the terms it has. */
    static TfIdfWeights of(List<List<String>> texts) {
        Map<String, Integer> frequencies = new TreeMap<>();
        texts.forEach(text -> new HashSet<>(text).forEach(term -> frequencies.merge(term, 1, Integer::sum)));
        float[] idf = new float[frequencies.size()];
        int column = 0;
        for (int frequency : frequencies.values()) {
            idf[column++] = (float) (Math.log((1.0 + texts.size()) / (1.0 + frequency)) + 1);
        }
        return new TfIdfWeights(List.copyOf(frequencies.keySet()), idf);
    }

    /** The terms it knows, sorted where it learnt them. */
    List<String> terms() {
        return terms;
    }

    /** Their weights. */
    float[] idf() {
        return idf.clone();
    }

    /** A text as features; terms it doesn't know are nothing. */
    Features features(List<String> text) {
        Map<Integer, Double> counts = new TreeMap<>();
        for (String term : text) {
            Integer column = columns.get(term);
            if (column != null) {
                counts.merge(column, 1.0, Double::sum);
            }
        }
        counts.replaceAll((column, count) -> count * idf[column]);
        double norm = Math.sqrt(
                counts.values().stream().mapToDouble(value -> value * value).sum());
        return new Features(
                counts.keySet().stream().mapToInt(Integer::intValue).toArray(),
                counts.values().stream().mapToDouble(value -> value / norm).toArray());
    }
}
