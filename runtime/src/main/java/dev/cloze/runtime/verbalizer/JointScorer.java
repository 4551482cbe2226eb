package dev.cloze.runtime.verbalizer;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.runtime.template.EncodedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Scores words of several tokens by the logarithm of their probability (Schick and Schütze 2021, arXiv 2009.07118, section
 * 3.1, and the ways of decoding of their code).
 *
 * <p>A word of k tokens is scored in a text with k masks. In each round one mask is taken, which is the one whose own token
 * is the most probable (the first of equals), or the first: its log-probability counts, the token is written into the text,
 * and the model is asked again about the rest; or all masks are taken in the one round. Words of equal length share their
 * first round; each later round is one call for all that is left, or several where that would be very many scores.
 */
public final class JointScorer {

    /** Scores of a call in a later round, at most: some megabytes. */
    private static final long MOST = 4_000_000;

    private final MaskModel model;
    private final MultiTokenWords choice;

    /**
     * A scorer that asks this model for log-probabilities.
     *
     * @param choice one that is joint
     */
    public JointScorer(MaskModel model, MultiTokenWords choice) {
        this.model = model;
        this.choice = choice;
    }

    /**
     * The log-probability of every word for every input.
     *
     * @param texts encodes all inputs with so many masks
     * @param words the tokens of each word, at least one word and one token each
     * @return [input][word]
     */
    public float[][] score(IntFunction<List<EncodedText>> texts, List<int[]> words) {
        List<List<WordFill>> fills = firstRound(texts, words);
        List<WordFill> open = open(fills.stream().flatMap(List::stream).toList());
        while (!open.isEmpty()) {
            slices(open).forEach(this::ask);
            open = open(open);
        }
        return scores(fills);
    }

    private void ask(List<WordFill> fills) {
        int[] tokens = tokens(fills.stream().map(WordFill::left).toList());
        List<EncodedText> asked = fills.stream().map(WordFill::text).toList();
        float[][][] scores = model.score(asked, tokens, true).values();
        for (int i = 0; i < scores.length; i++) {
            fills.get(i).take(scores[i], tokens, choice);
        }
    }

    /** In their order, so that those of one word stay together; each asks for the tokens of its own words alone. */
    private static List<List<WordFill>> slices(List<WordFill> fills) {
        List<List<WordFill>> slices = new ArrayList<>();
        Set<Integer> tokens = new HashSet<>();
        long masks = 0;
        int from = 0;
        for (int i = 0; i < fills.size(); i++) {
            int[] left = fills.get(i).left();
            Arrays.stream(left).forEach(tokens::add);
            masks += left.length;
            if (masks * tokens.size() > MOST && i > from) {
                slices.add(fills.subList(from, i));
                from = i;
                masks = left.length;
                tokens = Arrays.stream(left).boxed().collect(Collectors.toCollection(HashSet::new));
            }
        }
        slices.add(fills.subList(from, fills.size()));
        return slices;
    }

    /** One call for each number of masks; [word][input]. */
    private List<List<WordFill>> firstRound(IntFunction<List<EncodedText>> texts, List<int[]> words) {
        List<List<WordFill>> fills = new ArrayList<>();
        words.forEach(word -> fills.add(new ArrayList<>()));
        for (int length :
                words.stream().mapToInt(word -> word.length).distinct().toArray()) {
            int[] tokens =
                    tokens(words.stream().filter(word -> word.length == length).toList());
            List<EncodedText> masked = texts.apply(length);
            float[][][] scores = model.score(masked, tokens, true).values();
            for (int w = 0; w < words.size(); w++) {
                for (int input = 0; words.get(w).length == length && input < scores.length; input++) {
                    WordFill fill = new WordFill(masked.get(input), words.get(w));
                    fill.take(scores[input], tokens, choice);
                    fills.get(w).add(fill);
                }
            }
        }
        return fills;
    }

    private static int[] tokens(List<int[]> words) {
        return words.stream().flatMapToInt(Arrays::stream).distinct().toArray();
    }

    private static List<WordFill> open(List<WordFill> fills) {
        return fills.stream().filter(fill -> fill.left().length > 0).collect(Collectors.toList());
    }

    private static float[][] scores(List<List<WordFill>> fills) {
        float[][] scores = new float[fills.get(0).size()][fills.size()];
        for (int w = 0; w < fills.size(); w++) {
            for (int input = 0; input < scores.length; input++) {
                scores[input][w] = (float) fills.get(w).get(input).score();
            }
        }
        return scores;
    }
}
