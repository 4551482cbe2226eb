package dev.cloze.runtime;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
 * {@code temperature}) is checked against its value at that moment, so set that one first.
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

    private static final GenerationOptions DEFAULTS = new GenerationOptions(new GenerationOptionValues());

    /** Never changed once an instance holds them. */
    private final GenerationOptionValues is;

    private GenerationOptions(GenerationOptionValues values) {
        this.is = values;
    }

    /** Greedy search, 128 tokens at most. */
    public static GenerationOptions defaults() {
        return DEFAULTS;
    }

    /** Tokens a text has at most, 1 to 1,000,000; fewer where the model's positions end. The end token counts. */
    public int maxTokens() {
        return is.maxTokens;
    }

    public GenerationOptions withMaxTokens(int value) {
        int least = Math.max(1, is.minTokens);
        GenerationOptionRange.between("maxTokens", value, least, 1_000_000, "1, or minTokens, to 1,000,000");
        return with(to -> to.maxTokens = value);
    }

    /** Tokens before the model may end the text, 0 to {@code maxTokens}; a stop word ends it all the same. */
    public int minTokens() {
        return is.minTokens;
    }

    public GenerationOptions withMinTokens(int value) {
        GenerationOptionRange.between("minTokens", value, 0, is.maxTokens, "0 to maxTokens (" + is.maxTokens + ")");
        return with(to -> to.minTokens = value);
    }

    /** Texts followed side by side, 1 to 256; 1 is greedy search, or sampling. */
    public int beams() {
        return is.beams;
    }

    public GenerationOptions withBeams(int value) {
        GenerationOptionRange.between("beams", value, 1, 256, "1 to 256");
        GenerationOptionRange.suits(
                value == 1 || is.temperature == 0,
                "beams",
                value,
                "the temperature is " + is.temperature + ", which draws tokens, and beams draw none.");
        GenerationOptionRange.suits(
                is.sequences <= value || is.temperature > 0,
                "beams",
                value,
                is.sequences + " sequences are wanted, and there are no more than beams. Set sequences first.");
        return with(to -> to.beams = value);
    }

    /**
     * The power of a text's length that its log-probability is divided by to compare finished beams, -100 to 100: above 0
     * favours long texts, below 0 short ones.
     */
    public double lengthPenalty() {
        return is.lengthPenalty;
    }

    public GenerationOptions withLengthPenalty(double value) {
        GenerationOptionRange.between("lengthPenalty", value, -100, 100);
        return with(to -> to.lengthPenalty = value);
    }

    /** When beam search has seen enough. */
    public EarlyStopping earlyStopping() {
        return is.earlyStopping;
    }

    public GenerationOptions withEarlyStopping(EarlyStopping value) {
        return with(to -> to.earlyStopping = value);
    }

    /** The length of token sequences none of which may occur twice, 0 to 1000; a decoder's prompt counts. 0 allows all. */
    public int noRepeatNgram() {
        return is.noRepeatNgram;
    }

    public GenerationOptions withNoRepeatNgram(int value) {
        GenerationOptionRange.between("noRepeatNgram", value, 0, 1000, "0 to 1000");
        return with(to -> to.noRepeatNgram = value);
    }

    /**
     * Words and phrases that are not written: the tokens each is made of, with a space before it and without, don't follow
     * one another. A word that is one token isn't written as a part of others either.
     */
    public List<String> forbidden() {
        return is.forbidden;
    }

    public GenerationOptions withForbidden(String... words) {
        Stream.of(words).forEach(word -> GenerationOptionRange.notEmpty("forbidden", word));
        return with(to -> to.forbidden = List.of(words));
    }

    /** Tokens that are not written, by their numbers in the vocabulary. */
    public SortedSet<Integer> forbiddenTokens() {
        return Collections.unmodifiableSortedSet(is.forbiddenTokens);
    }

    public GenerationOptions withForbiddenTokens(int... ids) {
        for (int id : ids) {
            GenerationOptionRange.between(
                    "forbiddenTokens", id, 0, Integer.MAX_VALUE, "0 to below the vocabulary's size");
        }
        Set<Integer> set = Set.copyOf(Arrays.stream(ids).boxed().toList());
        return with(to -> to.forbiddenTokens = new TreeSet<>(set));
    }

    /**
     * What the scores are divided by before a token is drawn, 0 to 100: below 1 the probable becomes more so. 0 draws nothing
     * and takes the most probable token.
     */
    public double temperature() {
        return is.temperature;
    }

    public GenerationOptions withTemperature(double value) {
        GenerationOptionRange.between("temperature", value, 0, 100);
        GenerationOptionRange.suits(
                value == 0 || is.beams == 1,
                "temperature",
                value,
                "there are " + is.beams + " beams, which draw no tokens. Set beams to 1 first.");
        GenerationOptionRange.suits(
                value > 0 || is.sequences <= is.beams,
                "temperature",
                value,
                is.sequences + " sequences are wanted, which would all be the same. Set sequences first.");
        return with(to -> to.temperature = value);
    }

    /** How many of the most probable tokens may be drawn, 0 to 10,000,000; 0 is all. */
    public int topK() {
        return is.topK;
    }

    public GenerationOptions withTopK(int value) {
        GenerationOptionRange.between("topK", value, 0, 10_000_000, "0 to 10,000,000");
        return with(to -> to.topK = value);
    }

    /** The most probable tokens whose probabilities make up this sum may be drawn, above 0 to 1; 1 is all. */
    public double topP() {
        return is.topP;
    }

    public GenerationOptions withTopP(double value) {
        GenerationOptionRange.aboveZeroTo("topP", value, 1);
        return with(to -> to.topP = value);
    }

    /**
     * What draws follow from: any number. The same prompt gives the same text for it, whatever other prompts there are,
     * up to the rounding of the model's own sums.
     */
    public long seed() {
        return is.seed;
    }

    public GenerationOptions withSeed(long value) {
        return with(to -> to.seed = value);
    }

    /**
     * Texts for each prompt, 1 to 256: drawn ones, or the best of the beams, the best first. Beams find fewer only where no more
     * are possible, as so much is forbidden.
     */
    public int sequences() {
        return is.sequences;
    }

    public GenerationOptions withSequences(int value) {
        GenerationOptionRange.between("sequences", value, 1, 256, "1 to 256");
        GenerationOptionRange.suits(
                value <= is.beams || is.temperature > 0,
                "sequences",
                value,
                is.beams == 1
                        ? "greedy search finds one text. Set beams or a temperature first."
                        : "there are only " + is.beams + " beams.");
        return with(to -> to.sequences = value);
    }

    /** Words that end a text, which is cut before the first of them. */
    public List<String> stopWords() {
        return is.stopWords;
    }

    public GenerationOptions withStopWords(String... words) {
        Stream.of(words).forEach(word -> GenerationOptionRange.notEmpty("stopWords", word));
        return with(to -> to.stopWords = List.of(words));
    }

    /** How long one call may take, or null for no limit; then the texts end with what they have. */
    public @Nullable Duration deadline() {
        return is.deadline;
    }

    public GenerationOptions withDeadline(@Nullable Duration value) {
        GenerationOptionRange.suits(
                value == null || !(value.isNegative() || value.isZero()),
                "deadline",
                value + "",
                "it has passed already.");
        return with(to -> to.deadline = value);
    }

    /** Every option by name, in a fixed order. */
    public Map<String, String> values() {
        return is.asMap();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GenerationOptions that
                && values().equals(that.values())
                && is.stopWords.equals(that.is.stopWords)
                && is.forbidden.equals(that.is.forbidden);
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "GenerationOptions" + values();
    }

    private GenerationOptions with(Consumer<GenerationOptionValues> change) {
        GenerationOptionValues copy = is.copy();
        change.accept(copy);
        return new GenerationOptions(copy);
    }
}
