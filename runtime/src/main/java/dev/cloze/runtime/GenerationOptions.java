package dev.cloze.runtime;

import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.option.OptionCheck;
import dev.cloze.runtime.option.WritingOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How text is written: an unchangeable value that starts at {@link #defaults()} and is varied with the {@code withX}
 * methods.
 *
 * <p>The defaults write the most probable token each time, 128 at most. Beams look for a more probable text as a whole; a
 * temperature above 0 draws each token instead. What the options mean is as in Hugging Face transformers' {@code generate},
 * and greedy and beam search write the same tokens.
 *
 * <p>Every value is checked when it is set; one that is out of its range is a {@code GenerationOptionOutOfRange}. A limit
 * that depends on another option ({@code minTokens} on {@code maxTokens}, {@code sequences} on {@code beams} and
 * {@code temperature}) is checked against its value at that moment, so set that one first. Options for draws without a
 * temperature, and those for beams without beams, do nothing, and the log says so.
 */
public final class GenerationOptions {

    /** When beam search has seen enough. */
    public enum EarlyStopping {
        /** When no present beam, ended now, would be better than all the finished ones. */
        FALSE,
        /** As soon as there are as many finished texts as beams. */
        TRUE,
        /** When no present beam could become better than all the finished ones at any length. */
        NEVER
    }

    private static final GenerationOptions DEFAULTS = new GenerationOptions(OptionValues.NONE);

    private static final OptionCheck CHECK =
            new OptionCheck(Problem.GENERATION_OPTION_OUT_OF_RANGE, "generation", "GenerationOptions");

    private final OptionValues values;

    private GenerationOptions(OptionValues values) {
        this.values = values;
    }

    /** Greedy search, 128 tokens at most. */
    public static GenerationOptions defaults() {
        return DEFAULTS;
    }

    /** Tokens a text has at most, 1 to 1,000,000; fewer where the model's positions end. The end token counts. */
    public int maxTokens() {
        return get(WritingOptions.MAX_TOKENS);
    }

    public GenerationOptions withMaxTokens(int value) {
        return with(WritingOptions.MAX_TOKENS, value);
    }

    /** Tokens before the model may end the text, 0 to {@code maxTokens}; a stop word ends it all the same. */
    public int minTokens() {
        return get(WritingOptions.MIN_TOKENS);
    }

    public GenerationOptions withMinTokens(int value) {
        return with(WritingOptions.MIN_TOKENS, value);
    }

    /** Texts followed side by side, 1 to 256; 1 is greedy search, or sampling. */
    public int beams() {
        return get(WritingOptions.BEAMS);
    }

    public GenerationOptions withBeams(int value) {
        return with(WritingOptions.BEAMS, value);
    }

    /**
     * The power of a text's length that its log-probability is divided by to compare finished beams, -100 to 100: above 0
     * favours long texts, below 0 short ones.
     */
    public double lengthPenalty() {
        return get(WritingOptions.LENGTH_PENALTY);
    }

    public GenerationOptions withLengthPenalty(double value) {
        return with(WritingOptions.LENGTH_PENALTY, value);
    }

    /** When beam search has seen enough. */
    public EarlyStopping earlyStopping() {
        return get(WritingOptions.EARLY_STOPPING);
    }

    public GenerationOptions withEarlyStopping(EarlyStopping value) {
        return with(WritingOptions.EARLY_STOPPING, value);
    }

    /** The length of token sequences none of which may occur twice, 0 to 1000; a decoder's prompt counts. 0 allows all. */
    public int noRepeatNgram() {
        return get(WritingOptions.NO_REPEAT_NGRAM);
    }

    public GenerationOptions withNoRepeatNgram(int value) {
        return with(WritingOptions.NO_REPEAT_NGRAM, value);
    }

    /**
     * Words and phrases that are not written: the tokens each is made of, with a space before it and without, don't follow
     * one another. A word that is one token isn't written as a part of others either.
     */
    public List<String> forbidden() {
        return get(WritingOptions.FORBIDDEN);
    }

    public GenerationOptions withForbidden(String... words) {
        return with(WritingOptions.FORBIDDEN, List.of(words));
    }

    /** Tokens that are not written, by their numbers in the vocabulary. */
    public SortedSet<Integer> forbiddenTokens() {
        return get(WritingOptions.FORBIDDEN_TOKENS);
    }

    public GenerationOptions withForbiddenTokens(int... ids) {
        SortedSet<Integer> sorted = new TreeSet<>(Arrays.stream(ids).boxed().toList());
        return with(WritingOptions.FORBIDDEN_TOKENS, Collections.unmodifiableSortedSet(sorted));
    }

    /**
     * What the scores are divided by before a token is drawn, 0 to 100: below 1 the probable becomes more so. 0 draws nothing
     * and takes the most probable token.
     */
    public double temperature() {
        return get(WritingOptions.TEMPERATURE);
    }

    public GenerationOptions withTemperature(double value) {
        return with(WritingOptions.TEMPERATURE, value);
    }

    /** How many of the most probable tokens may be drawn, 0 to 10,000,000; 0 is all. */
    public int topK() {
        return get(WritingOptions.TOP_K);
    }

    public GenerationOptions withTopK(int value) {
        return with(WritingOptions.TOP_K, value);
    }

    /** The most probable tokens whose probabilities make up this sum may be drawn, above 0 to 1; 1 is all. */
    public double topP() {
        return get(WritingOptions.TOP_P);
    }

    public GenerationOptions withTopP(double value) {
        return with(WritingOptions.TOP_P, value);
    }

    /**
     * What draws follow from: any number. The same prompt gives the same text for it, whatever other prompts there are,
     * up to the rounding of the model's own sums.
     */
    public long seed() {
        return get(WritingOptions.SEED);
    }

    public GenerationOptions withSeed(long value) {
        return with(WritingOptions.SEED, value);
    }

    /**
     * Texts for each prompt, 1 to 256: drawn ones, or the best of the beams, the best first. Beams find fewer only where no more
     * are possible, as so much is forbidden.
     */
    public int sequences() {
        return get(WritingOptions.SEQUENCES);
    }

    public GenerationOptions withSequences(int value) {
        return with(WritingOptions.SEQUENCES, value);
    }

    /** Words that end a text, which is cut before the first of them. */
    public List<String> stopWords() {
        return get(WritingOptions.STOP_WORDS);
    }

    public GenerationOptions withStopWords(String... words) {
        return with(WritingOptions.STOP_WORDS, List.of(words));
    }

    /** How long one call may take, with what it waits in a queue, or null for no limit; then the texts end with what they have. */
    public @Nullable Duration deadline() {
        return values.find(WritingOptions.DEADLINE).orElse(null);
    }

    public GenerationOptions withDeadline(@Nullable Duration value) {
        return value == null
                ? new GenerationOptions(values.without(WritingOptions.DEADLINE))
                : with(WritingOptions.DEADLINE, value);
    }

    private <T> T get(Option<T> option) {
        return values.get(option);
    }

    private <T> GenerationOptions with(Option<T> option, T value) {
        return new GenerationOptions(CHECK.set(values, option, value));
    }

    /** Every option by name, in a fixed order. */
    public Map<String, String> values() {
        Map<String, String> texts = values.texts(WritingOptions.ALL);
        texts.putIfAbsent(WritingOptions.DEADLINE.name(), "none");
        return texts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GenerationOptions that
                && values().equals(that.values())
                && stopWords().equals(that.stopWords())
                && forbidden().equals(that.forbidden());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "GenerationOptions" + values();
    }
}
