package dev.cloze.runtime;

import java.util.List;
import java.util.Optional;

/**
 * What a pipeline would say at the mask of one input.
 *
 * @param words by their probability, the greatest first, of equals the one that stands first in the list or the vocabulary: all
 *     candidates, or the {@value ClozePipeline#OPEN_WORDS} most probable words of an open vocabulary
 * @param cut whether the input was too long, or over a {@code limit}, and lost a part
 */
public record ClozeAnswer(List<RankedWord> words, boolean cut) {

    public ClozeAnswer {
        words = List.copyOf(words);
    }

    /**
     * A word.
     *
     * @param word as written in the list of candidates, or as the model spells it
     * @param probability its share among all words that were ranked, those that are not shown included, 0 to 1
     * @param logProbability the natural logarithm of its probability among all tokens of the model, 0 or less; of a word of
     *     several tokens the sum over them, each given those that are filled in before it, or with {@code JOINT_MEAN} the mean; of a
     *     task with calibration the calibrated score, which can be above 0
     */
    public record RankedWord(String word, double probability, double logProbability) {}

    /** The most probable word. */
    public String best() {
        return words.get(0).word();
    }

    /** The k most probable words, or all where there are fewer. */
    public List<RankedWord> top(int k) {
        return words.subList(0, Math.min(k, words.size()));
    }

    /** What is said of this word; empty where it is not among the words. */
    public Optional<RankedWord> of(String word) {
        return words.stream().filter(ranked -> ranked.word().equals(word)).findFirst();
    }
}
