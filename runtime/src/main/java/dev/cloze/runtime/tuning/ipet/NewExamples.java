package dev.cloze.runtime.tuning.ipet;

import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.verbalizer.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts that models have labelled, drawn as examples: for each label its quota of those that are predicted so, with a probability
 * proportional to that of the prediction, without replacement (Schick and Schütze 2021, arXiv 2001.07676, section 3.4).
 */
final class NewExamples {

    private static final Logger LOG = LoggerFactory.getLogger(NewExamples.class);

    /** Of each label so many of the most probable texts count, whatever is predicted of them, before anything is trained. */
    static final int MOST_LIKELY = 100;

    private final List<Map<String, String>> texts;
    private final List<float[]> scores;
    private final List<String> labels;
    private final int[] quotas;
    private final long seed;

    /**
     * @param scores what the models say of each text together, raw
     * @param labels their names
     * @param quotas for each label, how many are drawn
     */
    NewExamples(List<Map<String, String>> texts, List<float[]> scores, List<String> labels, int[] quotas, long seed) {
        this.texts = texts;
        this.scores = scores;
        this.labels = labels;
        this.quotas = quotas;
        this.seed = seed;
    }

    /**
     * Of those that are predicted so. Where these are fewer than the quota, their list is repeated until it is long enough.
     */
    LabeledValues predicted() {
        int[] counts = new int[quotas.length];
        for (float[] row : scores) {
            counts[best(Logits.softmax(row))]++;
        }
        String missing = IntStream.range(0, quotas.length)
                .filter(label -> counts[label] == 0 && quotas[label] > 0)
                .mapToObj(labels::get)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            LOG.warn("No unlabelled text is predicted to be {}: a model gets no new examples of it.", missing);
        }
        WeightedDraw[] draws = draws();
        for (int i = 0; i < scores.size(); i++) {
            float[] probabilities = Logits.softmax(scores.get(i));
            int label = best(probabilities);
            int copies = Math.max(1, -Math.floorDiv(-quotas[label], counts[label]));
            for (int c = 0; c < copies; c++) {
                draws[label].offer(i, probabilities[label]);
            }
        }
        return drawn(draws);
    }

    private record Likely(int text, float probability) {}

    /** Of the {@link #MOST_LIKELY} texts of each label, even where another label is predicted. */
    LabeledValues mostLikely() {
        List<PriorityQueue<Likely>> likely = Stream.generate(
                        () -> new PriorityQueue<Likely>(Comparator.comparingDouble(Likely::probability)))
                .limit(quotas.length)
                .toList();
        for (int i = 0; i < scores.size(); i++) {
            float[] probabilities = Logits.softmax(scores.get(i));
            for (int label = 0; label < quotas.length; label++) {
                likely.get(label).add(new Likely(i, probabilities[label]));
                if (likely.get(label).size() > MOST_LIKELY) {
                    likely.get(label).remove();
                }
            }
        }
        WeightedDraw[] draws = draws();
        for (int label = 0; label < quotas.length; label++) {
            int of = label;
            likely.get(label).stream()
                    .sorted(Comparator.comparingInt(Likely::text))
                    .forEach(one -> draws[of].offer(one.text(), one.probability()));
        }
        return drawn(draws);
    }

    private WeightedDraw[] draws() {
        return IntStream.range(0, quotas.length)
                .mapToObj(label -> new WeightedDraw(quotas[label], seed + label))
                .toArray(WeightedDraw[]::new);
    }

    private LabeledValues drawn(WeightedDraw[] draws) {
        List<Map<String, String>> inputs = new ArrayList<>();
        List<Integer> given = new ArrayList<>();
        for (int label = 0; label < draws.length; label++) {
            for (int text : draws[label].drawn()) {
                inputs.add(texts.get(text));
                given.add(label);
            }
        }
        return new LabeledValues(
                inputs, given.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int best(float[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }

    /** Both together. */
    static LabeledValues joined(LabeledValues first, LabeledValues second) {
        List<Map<String, String>> inputs = new ArrayList<>(first.inputs());
        inputs.addAll(second.inputs());
        return new LabeledValues(
                inputs,
                IntStream.concat(Arrays.stream(first.labels()), Arrays.stream(second.labels()))
                        .toArray());
    }
}
