package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/**
 * How label words are searched: an unchangeable value that starts at {@link #byLikelihoodRatio} or {@link #byCombination}
 * and is varied with the {@code withX} methods, whose values are checked.
 *
 * <p>Both ask the untrained model what it says at the mask of the training examples, and take words that are one token of
 * letters alone.
 */
public final class WordSearch {

    /** What is searched for. */
    public enum Kind {
        /** Several words a label, each for itself. */
        LIKELIHOOD_RATIO,
        /** One word a label, all of them together. */
        COMBINATION
    }

    private final Kind kind;
    private final int wordsPerLabel;
    private final int candidates;
    private final int vocabulary;
    private final int kept;
    private final int nearest;

    private WordSearch(Kind kind, int wordsPerLabel, int candidates, int vocabulary, int kept, int nearest) {
        this.kind = kind;
        this.wordsPerLabel = wordsPerLabel;
        this.candidates = candidates;
        this.vocabulary = vocabulary;
        this.kept = kept;
        this.nearest = nearest;
    }

    /**
     * Several words a label, by their likelihood ratio, balanced over the labels (Schick, Schmid and Schütze 2020, PETAL,
     * arXiv 2010.13641): 10 of the 1,000 likeliest, among the 10,000 that are most frequent in the training texts.
     */
    public static WordSearch byLikelihoodRatio() {
        return new WordSearch(Kind.LIKELIHOOD_RATIO, 10, 1000, 10_000, 1, 0);
    }

    /**
     * One word a label (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 5.1): the likeliest 100 of each label in every
     * combination, of which the 100 with which the untrained model answers most training examples right are kept, tuned one
     * after the other, and ranked by their accuracy on the development set. The word's likelihood is the sum of its
     * log-probabilities over a label's examples; with {@code compat = REFERENCE} the mean of its logits, as in their code.
     */
    public static WordSearch byCombination() {
        return new WordSearch(Kind.COMBINATION, 1, 100, Integer.MAX_VALUE, 100, 0);
    }

    /** What is searched for. */
    public Kind kind() {
        return kind;
    }

    /** Words that each label gets, 1 to 1,000; 1 for combinations. */
    public int wordsPerLabel() {
        return wordsPerLabel;
    }

    public WordSearch withWordsPerLabel(int value) {
        int most = kind == Kind.COMBINATION ? 1 : 1000;
        return new WordSearch(kind, within("wordsPerLabel", value, most), candidates, vocabulary, kept, nearest);
    }

    /** The likeliest words of each label, which are ranked or combined, 1 to 1,000,000; no more than a million combinations. */
    public int candidates() {
        return candidates;
    }

    public WordSearch withCandidates(int value) {
        return new WordSearch(kind, wordsPerLabel, within("candidates", value, 1_000_000), vocabulary, kept, nearest);
    }

    /** The most frequent words of the training texts, among which the likeliest are sought, 1 or more. */
    public int vocabulary() {
        return vocabulary;
    }

    /** The same among so many, 1 or more; not for combinations, whose words are sought among the model's own. */
    public WordSearch withVocabulary(int value) {
        requireKind(
                Kind.LIKELIHOOD_RATIO, "vocabulary", "WordSearch.byLikelihoodRatio().withVocabulary(" + value + ")");
        return new WordSearch(
                kind, wordsPerLabel, candidates, within("vocabulary", value, Integer.MAX_VALUE), kept, nearest);
    }

    /** Combinations that are kept, and tuned where there is a development set, 1 to 10,000; 1 for likelihood ratios. */
    public int kept() {
        return kept;
    }

    public WordSearch withKept(int value) {
        int most = kind == Kind.COMBINATION ? 10_000 : 1;
        return new WordSearch(kind, wordsPerLabel, candidates, vocabulary, within("kept", value, most), nearest);
    }

    /** How many of the likeliest words go on, those nearest to the label's own; 0 where all do. */
    public int nearest() {
        return nearest;
    }

    /**
     * Combines only the likeliest words whose rows of the language-model head are nearest, by their cosine, to those of the words that
     * the label has now. LM-BFF searches TREC's six labels so, among the 20 nearest of the 1,000 likeliest: {@code
     * byCombination().withCandidates(1000).withNearest(20)}; as many of them as a million combinations allow are combined.
     *
     * @param value 1 to 1,000,000; not for likelihood ratios
     */
    public WordSearch withNearest(int value) {
        requireKind(Kind.COMBINATION, "nearest", "WordSearch.byCombination().withNearest(" + value + ")");
        return new WordSearch(kind, wordsPerLabel, candidates, vocabulary, kept, within("nearest", value, 1_000_000));
    }

    private void requireKind(Kind of, String option, String cure) {
        if (kind != of) {
            throw new ClozeException(
                    Problem.TRAINING_OPTION_OUT_OF_RANGE,
                    "The option " + option + " of the search for words belongs to a search of the kind " + of
                            + ", and this one is of the kind " + kind + ".\n  Leave it out, or search with " + cure
                            + ".");
        }
    }

    private static int within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new ClozeException(
                    Problem.TRAINING_OPTION_OUT_OF_RANGE,
                    "The option " + name + " of the search for words is " + value + ", but its range is 1"
                            + (most == Integer.MAX_VALUE ? " or more." : " to " + most + "."));
        }
        return value;
    }
}
