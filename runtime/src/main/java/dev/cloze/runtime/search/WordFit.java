package dev.cloze.runtime.search;

/** How well some words fit examples, by the logits that an untrained model has for them. */
@FunctionalInterface
public interface WordFit {

    /**
     * Of one word for each label; the higher, the better.
     *
     * @param logits [example][label][rank]: what is said of the words of each label
     * @param ranks which of its words each label has
     */
    double of(float[][][] logits, int[] ranks);

    /** The share of examples that are answered right, 0 to 1; of equal logits that of the first label counts. */
    static WordFit accuracy(int[] labels) {
        return (logits, ranks) -> {
            int right = 0;
            for (int example = 0; example < labels.length; example++) {
                float[][] said = logits[example];
                int best = 0;
                for (int label = 1; label < ranks.length; label++) {
                    best = said[label][ranks[label]] > said[best][ranks[best]] ? label : best;
                }
                right += best == labels[example] ? 1 : 0;
            }
            return right / (double) labels.length;
        };
    }
}
