package dev.cloze.runtime.verbalizer;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.runtime.template.EncodedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Scores labels by what a model says for their words: a label's score is the mean of its words' raw logits (Schick and
 * Schütze 2021, PET, arXiv 2001.07676, section 3.1).
 *
 * <p>A word of several tokens counts by its first, by the mean of its tokens at the one mask, or, jointly, by the
 * logarithm of its probability, or that divided by its tokens. As soon as one word is scored jointly all are, those of one token by their
 * log-probability: only so are they comparable. Words that are labels themselves are so scored in any case.
 *
 * @param <L> the labels, in their order the scores come
 */
public final class CompiledVerbalizer<L> {

    private final List<L> labels;
    private final List<LabelWord> words;
    private final int[] tokenIds;
    private final int[][] columns;
    private final Map<String, Integer> labelsByText = new HashMap<>();
    private final MultiTokenWords choice;
    private final WordKind kind;
    private final boolean joint;

    /** What its words are. */
    private enum WordKind {
        /** Words that stand for labels, scored by raw logits unless jointly. */
        OF_LABELS,
        /** Words that are labels themselves, scored by log-probability. */
        CANDIDATES,
        /** The same, where they are all that the model has. */
        OPEN
    }

    private CompiledVerbalizer(List<L> labels, List<LabelWord> words, MultiTokenWords choice, WordKind kind) {
        this.labels = labels;
        this.words = words;
        this.tokenIds = words.stream()
                .flatMapToInt(word -> Arrays.stream(word.tokens()))
                .distinct()
                .toArray();
        this.columns = columns(words, tokenIds);
        words.forEach(word -> labelsByText.put(word.text(), word.label()));
        this.choice = choice;
        this.kind = kind;
        this.joint = choice.isJoint() && words.stream().anyMatch(word -> word.tokens().length > 1);
    }

    /** The places of each word's tokens among those that are asked for. */
    private static int[][] columns(List<LabelWord> words, int[] tokenIds) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < tokenIds.length; i++) {
            places.put(tokenIds[i], i);
        }
        return words.stream()
                .map(word -> Arrays.stream(word.tokens()).map(places::get).toArray())
                .toArray(int[][]::new);
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
        for (int label = 0; label < labels.size(); label++) {
            for (String text : words.getOrDefault(labels.get(label), List.of())) {
                int[] tokens = LabelWordChecks.tokens(text, choice, vocabulary, afterSpace);
                found.add(new LabelWord(label, text, tokens));
            }
        }
        LabelWordChecks.distinct(found, labels, vocabulary);
        return new CompiledVerbalizer<>(labels, List.copyOf(found), choice, WordKind.OF_LABELS);
    }

    /**
     * Looks up words that are labels themselves: their scores are log-probabilities, of one token too.
     *
     * @param words at least one
     * @throws dev.cloze.problem.ClozeException {@code VERBALIZER_EMPTY_WORDS}, {@code CANDIDATE_WHITE_SPACE}, {@code
     *     VERBALIZER_UNKNOWN_WORD}, {@code VERBALIZER_MULTI_TOKEN_WORD}, {@code VERBALIZER_DUPLICATE_WORD}
     */
    public static CompiledVerbalizer<Object> ofCandidates(
            List<String> words, MultiTokenWords choice, LabelVocabulary vocabulary, boolean afterSpace) {
        CandidateChecks.written(words);
        List<LabelWord> found = new ArrayList<>();
        for (String word : words) {
            int[] tokens = LabelWordChecks.tokens(word, choice, vocabulary, afterSpace);
            found.add(new LabelWord(found.size(), word, tokens));
        }
        CandidateChecks.distinct(found, vocabulary);
        return new CompiledVerbalizer<>(List.copyOf(words), List.copyOf(found), choice, WordKind.CANDIDATES);
    }

    /**
     * The same of all whole words of the model, each of them one token, in the order of their ids.
     *
     * @throws dev.cloze.problem.ClozeException {@code VERBALIZER_EMPTY_WORDS} where it has none
     */
    public static CompiledVerbalizer<Object> open(LabelVocabulary vocabulary, boolean afterSpace) {
        List<LabelWord> found = new ArrayList<>();
        vocabulary
                .wholeWords(afterSpace)
                .forEach((id, word) -> found.add(new LabelWord(found.size(), word, new int[] {id})));
        if (found.isEmpty()) {
            throw CandidateChecks.noWords(vocabulary);
        }
        List<Object> labels = found.stream().<Object>map(LabelWord::text).toList();
        return new CompiledVerbalizer<>(labels, List.copyOf(found), MultiTokenWords.JOINT, WordKind.OPEN);
    }

    /** The labels, in the order of their scores. */
    public List<L> labels() {
        return labels;
    }

    /** The words, label by label, in the order of their scores. */
    public List<LabelWord> words() {
        return words;
    }

    /** Whether its words are all that the model has. */
    public boolean isOpen() {
        return kind == WordKind.OPEN;
    }

    /**
     * The label that a word stands for, by its text, or of an open vocabulary by its token, so that spellings that are one to
     * the model are one; empty where it is no word of these.
     */
    public OptionalInt labelOf(String word, LabelVocabulary vocabulary, boolean afterSpace) {
        if (isOpen()) {
            List<Integer> ids = vocabulary.encodeWord(word, afterSpace);
            int place = ids.size() == 1 ? Arrays.binarySearch(tokenIds, ids.get(0)) : -1;
            return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
        }
        Integer label = labelsByText.get(word);
        return label == null ? OptionalInt.empty() : OptionalInt.of(label);
    }

    /** Whether each label is one word of one token, so that a label's score is that of the token at its place. */
    public boolean isTokens() {
        return !joint
                && words.size() == labels.size()
                && tokenIds.length == words.size()
                && words.stream().allMatch(word -> word.tokens().length == 1);
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
            float[][] sums = new JointScorer(model, choice)
                    .score(texts, words.stream().map(LabelWord::tokens).toList());
            return divided(sums);
        }
        boolean logarithms = kind != WordKind.OF_LABELS;
        float[][][] scores = model.score(texts.apply(1), tokenIds(), logarithms).values();
        float[][] result = new float[scores.length][];
        Arrays.setAll(result, input -> wordScores(scores[input][0]));
        return result;
    }

    private float[][] divided(float[][] sums) {
        for (float[] ofInput : sums) {
            for (int w = 0; w < ofInput.length; w++) {
                ofInput[w] /= divisor(words.get(w));
            }
        }
        return sums;
    }

    /** By what the sum over a word's tokens is divided, where words are scored jointly. */
    public int divisor(LabelWord word) {
        return choice.divisor(word.tokens().length);
    }

    /** The choice made for words of several tokens. */
    public MultiTokenWords choice() {
        return choice;
    }

    /** The scores of the words from those of tokens at the one mask, in the order of {@link #tokenIds()}. */
    public float[] wordScores(float[] tokenScores) {
        float[] scores = new float[words.size()];
        for (int w = 0; w < scores.length; w++) {
            double sum = 0;
            for (int column : columns[w]) {
                sum += tokenScores[column];
            }
            scores[w] = (float) (sum / columns[w].length);
        }
        return scores;
    }

    /** The scores of the labels, each the mean of its words' scores; their softmax gives probabilities. */
    public float[] labelScores(float[] wordScores) {
        double[] sums = new double[labels.size()];
        int[] counts = wordCounts();
        for (int w = 0; w < words.size(); w++) {
            sums[words.get(w).label()] += wordScores[w];
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
        int[] counts = wordCounts();
        for (int w = 0; w < columns.length; w++) {
            int label = words.get(w).label();
            for (int column : columns[w]) {
                weights[label][column] += 1f / ((long) counts[label] * columns[w].length);
            }
        }
        return weights;
    }

    /** How many words each label has. */
    public int[] wordCounts() {
        int[] counts = new int[labels.size()];
        words.forEach(word -> counts[word.label()]++);
        return counts;
    }
}
