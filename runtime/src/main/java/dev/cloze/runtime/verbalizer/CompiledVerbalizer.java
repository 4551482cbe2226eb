package dev.cloze.runtime.verbalizer;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.runtime.template.EncodedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Scores labels by what a model says for their words: a label's score is the mean of its words' raw logits (Schick and
 * Schütze 2021, PET, arXiv 2001.07676, section 3.1).
 *
 * <p>A word of several tokens counts by its first, by the mean of its tokens at the one mask, or, jointly, by the
 * logarithm of its probability. As soon as one word is scored jointly all are, those of one token by their
 * log-probability: only so are they comparable.
 *
 * @param <L> the labels, in their order the scores come
 */
public final class CompiledVerbalizer<L> {

    private final List<L> labels;
    private final List<LabelWord> words;
    private final int[] tokenIds;
    private final MultiTokenWords choice;
    private final boolean joint;

    private CompiledVerbalizer(List<L> labels, List<LabelWord> words, MultiTokenWords choice) {
        this.labels = labels;
        this.words = words;
        this.tokenIds = words.stream()
                .flatMapToInt(word -> Arrays.stream(word.tokens()))
                .distinct()
                .toArray();
        this.choice = choice;
        this.joint = choice.isJoint() && words.stream().anyMatch(word -> word.tokens().length > 1);
    }

    /**
     * Looks up every word of every label.
     *
     * @param words the words of each label, labels in the order of their scores
     * @param afterSpace whether the mask follows a space: {@code TemplateEncoder.maskFollowsSpace}
     * @throws dev.cloze.problem.ClozeException {@code VERBALIZER_TOO_FEW_LABELS}, {@code VERBALIZER_MISSING_LABEL},
     *     {@code VERBALIZER_EMPTY_WORDS}, {@code VERBALIZER_UNKNOWN_WORD}, {@code VERBALIZER_MULTI_TOKEN_WORD}, {@code
     *     VERBALIZER_DUPLICATE_WORD}
     */
    public static <L> CompiledVerbalizer<L> compile(
            Map<L, List<String>> words, MultiTokenWords choice, LabelVocabulary vocabulary, boolean afterSpace) {
        LabelWordChecks.labels(words);
        List<L> labels = List.copyOf(words.keySet());
        List<LabelWord> found = new ArrayList<>();
        words.forEach((label, texts) -> {
            for (String text : texts) {
                int[] tokens = LabelWordChecks.tokens(text, choice, vocabulary, afterSpace);
                found.add(new LabelWord(labels.indexOf(label), text, tokens));
            }
        });
        LabelWordChecks.distinct(found, labels, vocabulary);
        return new CompiledVerbalizer<>(labels, List.copyOf(found), choice);
    }

    /** The labels, in the order of their scores. */
    public List<L> labels() {
        return labels;
    }

    /** The words, label by label, in the order of their scores. */
    public List<LabelWord> words() {
        return words;
    }

    /** The distinct tokens of all words: the only rows of the vocabulary projection that are needed. */
    public int[] tokenIds() {
        return tokenIds.clone();
    }

    /** Whether words are scored by their log-probability, one mask a token, rather than at one mask. */
    public boolean isJoint() {
        return joint;
    }

    /** The most masks that are asked for at once: as many as the longest word has tokens where words are scored jointly. */
    public int masks() {
        return joint
                ? words.stream().mapToInt(word -> word.tokens().length).max().orElse(1)
                : 1;
    }

    /**
     * The scores of the words of every input.
     *
     * @param texts encodes all inputs with so many masks
     * @return [input][word]
     */
    public float[][] wordScores(MaskModel model, IntFunction<List<EncodedText>> texts) {
        if (joint) {
            return new JointScorer(model, choice)
                    .score(texts, words.stream().map(LabelWord::tokens).toList());
        }
        float[][][] scores = model.score(texts.apply(1), tokenIds(), false).values();
        float[][] result = new float[scores.length][];
        Arrays.setAll(result, input -> wordScores(scores[input][0]));
        return result;
    }

    /** The scores of the words from raw logits at the one mask, in the order of {@link #tokenIds()}. */
    public float[] wordScores(float[] tokenLogits) {
        float[] scores = new float[words.size()];
        for (int w = 0; w < scores.length; w++) {
            double sum = 0;
            for (int token : words.get(w).tokens()) {
                sum += tokenLogits[column(token)];
            }
            scores[w] = (float) (sum / words.get(w).tokens().length);
        }
        return scores;
    }

    /** The scores of the labels, each the mean of its words' scores; their softmax gives probabilities. */
    public float[] labelScores(float[] wordScores) {
        double[] sums = new double[labels.size()];
        int[] counts = new int[labels.size()];
        for (int w = 0; w < words.size(); w++) {
            sums[words.get(w).label()] += wordScores[w];
            counts[words.get(w).label()]++;
        }
        float[] scores = new float[sums.length];
        for (int label = 0; label < scores.length; label++) {
            scores[label] = (float) (sums[label] / counts[label]);
        }
        return scores;
    }

    /**
     * The weights that turn raw logits at the one mask into label scores, for a kernel to multiply by.
     *
     * @return [label][token], tokens in the order of {@link #tokenIds()}
     */
    public float[][] labelWeights() {
        float[][] weights = new float[labels.size()][tokenIds.length];
        for (LabelWord word : words) {
            long siblings = words.stream()
                    .filter(other -> other.label() == word.label())
                    .count();
            for (int token : word.tokens()) {
                weights[word.label()][column(token)] += 1f / (siblings * word.tokens().length);
            }
        }
        return weights;
    }

    private int column(int token) {
        for (int i = 0; i < tokenIds.length; i++) {
            if (tokenIds[i] == token) {
                return i;
            }
        }
        throw new IllegalArgumentException("no label word has the token " + token);
    }
}
