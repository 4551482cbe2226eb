package dev.cloze.runtime.option;

import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.annotations.option.Range;
import dev.cloze.runtime.GenerationOptions.EarlyStopping;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The options of writing, which mean what they mean in Hugging Face transformers' {@code generate}. */
public final class WritingOptions {

    /** Tokens at most. */
    public static final Option<Integer> MAX_TOKENS =
            Option.of("maxTokens", Integer.class, 128, Range.between(1, 1_000_000), "Tokens a text has at most.");

    /** Tokens at least. */
    public static final Option<Integer> MIN_TOKENS = Option.within(
            "minTokens",
            Integer.class,
            0,
            others -> Range.between(0, others.get(MAX_TOKENS)).now("0 to maxTokens"),
            "Tokens before the model may end the text.");

    /** Beams. */
    public static final Option<Integer> BEAMS = Option.<Integer>of(
                    "beams",
                    Integer.class,
                    1,
                    Range.between(1, 256),
                    "Texts followed side by side; 1 is greedy search.")
            .where(WritingOptions::beamsDrawNothing);

    /** The power of the length. */
    public static final Option<Double> LENGTH_PENALTY = Option.of(
            "lengthPenalty",
            Double.class,
            1.0,
            Range.between(-100.0, 100.0),
            "The power of a text's length that its log-probability is divided by to compare beams.");

    /** When beam search ends. */
    public static final Option<EarlyStopping> EARLY_STOPPING = Option.of(
            "earlyStopping",
            EarlyStopping.class,
            EarlyStopping.FALSE,
            Range.any("FALSE, TRUE or NEVER"),
            "When beam search has seen enough.");

    /** Repeated sequences. */
    public static final Option<Integer> NO_REPEAT_NGRAM = Option.of(
            "noRepeatNgram",
            Integer.class,
            0,
            Range.between(0, 1000),
            "The length of token sequences none of which may occur twice; 0 allows all.");

    /** Words that are not written. */
    public static final Option<List<String>> FORBIDDEN = Option.<List<String>>of(
                    "forbidden",
                    List.class,
                    List.of(),
                    Range.any("any words"),
                    "Words and phrases that are not written.")
            .where(WritingOptions::noneEmpty);

    /** Tokens that are not written. */
    public static final Option<SortedSet<Integer>> FORBIDDEN_TOKENS = Option.of(
            "forbiddenTokens",
            SortedSet.class,
            Collections.unmodifiableSortedSet(new TreeSet<>()),
            new Range<>("numbers from 0 to below the vocabulary's size", ids -> ids.isEmpty() || ids.first() >= 0),
            "Tokens that are not written.");

    /** The temperature. */
    public static final Option<Double> TEMPERATURE = Option.of(
            "temperature",
            Double.class,
            0.0,
            Range.between(0.0, 100.0),
            "What the scores are divided by before a token is drawn; 0 draws nothing.");

    /** Tokens that may be drawn. */
    public static final Option<Integer> TOP_K = Option.of(
            "topK",
            Integer.class,
            0,
            Range.between(0, 10_000_000),
            "How many of the most probable tokens may be drawn; 0 is all.");

    /** Their probability. */
    public static final Option<Double> TOP_P = Option.of(
            "topP",
            Double.class,
            1.0,
            Range.aboveZeroTo(1),
            "The most probable tokens whose probabilities make up this sum may be drawn; 1 is all.");

    /** The seed. */
    public static final Option<Long> SEED =
            Option.of("seed", Long.class, 0L, Range.any("any whole number"), "What draws follow from.");

    /** Texts. */
    public static final Option<Integer> SEQUENCES = Option.<Integer>of(
                    "sequences", Integer.class, 1, Range.between(1, 256), "Texts for each prompt.")
            .where(WritingOptions::thereAreSoMany);

    /** Words that end a text. */
    public static final Option<List<String>> STOP_WORDS = Option.<List<String>>of(
                    "stopWords", List.class, List.of(), Range.any("any words"), "Words that end a text.")
            .where(WritingOptions::noneEmpty);

    /** How long it may take. */
    public static final Option<Duration> DEADLINE = Option.<Duration>of(
                    "deadline", Duration.class, null, Range.any("any time above 0"), "How long one call may take.")
            .where((value, others) ->
                    value.isNegative() || value.isZero() ? Optional.of("it has passed already.") : Optional.empty());

    /** All of them, in a fixed order. */
    public static final List<Option<?>> ALL = List.of(
            MAX_TOKENS,
            MIN_TOKENS,
            BEAMS,
            LENGTH_PENALTY,
            EARLY_STOPPING,
            NO_REPEAT_NGRAM,
            FORBIDDEN,
            FORBIDDEN_TOKENS,
            TEMPERATURE,
            TOP_K,
            TOP_P,
            SEED,
            SEQUENCES,
            STOP_WORDS,
            DEADLINE);

    private WritingOptions() {}

    private static Optional<String> beamsDrawNothing(int beams, OptionValues others) {
        double temperature = others.get(TEMPERATURE);
        return beams == 1 || temperature == 0
                ? Optional.empty()
                : Optional.of("the temperature is " + temperature + ", which draws tokens, and beams draw none.");
    }

    private static Optional<String> thereAreSoMany(int sequences, OptionValues others) {
        int beams = others.get(BEAMS);
        if (sequences <= beams || others.get(TEMPERATURE) > 0) {
            return Optional.empty();
        }
        return Optional.of(beams == 1 ? "greedy search finds one text." : "there are only " + beams + " beams.");
    }

    private static Optional<String> noneEmpty(List<String> words, OptionValues others) {
        return words.contains("") ? Optional.of("an empty text would be found everywhere.") : Optional.empty();
    }
}
