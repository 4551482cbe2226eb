package dev.cloze.annotations.option;

import dev.cloze.annotations.Lstm;
import dev.cloze.annotations.TuningMethod;
import java.util.List;

/** The options that {@link Lstm} has, by the names of its members. */
public final class LstmOptions {

    private static final int WIDEST = 4096;

    /** A file of word vectors. */
    public static final Option<String> EMBEDDINGS = own(Option.of(
            "embeddings",
            String.class,
            null,
            Range.any("a file"),
            "A file of word vectors to start from: word2vec's or GloVe's text, or word2vec's binary format."));

    /** Words of that file. */
    public static final Option<Integer> EMBEDDING_WORDS = own(Option.<Integer>of(
                    "embeddingWords",
                    Integer.class,
                    50_000,
                    Range.between(1, 10_000_000),
                    "Words that are read from the beginning of the file of vectors.")
            .onlyIf(others -> others.isSet(EMBEDDINGS), "embeddings is not set, so that there is no file to be read."));

    /** The width of word vectors. */
    public static final Option<Integer> EMBEDDING_SIZE = own(Option.of(
            "embeddingSize",
            Integer.class,
            null,
            Range.between(1, WIDEST),
            "Numbers of a word vector: those of the file's, or 100 without a file."));

    /** The width of states. */
    public static final Option<Integer> HIDDEN_SIZE = own(Option.of(
            "hiddenSize",
            Integer.class,
            128,
            Range.between(1, WIDEST),
            "Numbers of a state of each of the two directions."));

    /** The rate of dropout. */
    public static final Option<Double> DROPOUT = own(Option.of(
            "dropout",
            Double.class,
            0.2,
            Range.zeroToBelow(1),
            "The share of word vectors' and of the pooled state's numbers that is dropped in training."));

    /** What is made of the states. */
    public static final Option<Lstm.Pooling> POOLING = own(Option.of(
            "pooling",
            Lstm.Pooling.class,
            Lstm.Pooling.MAX,
            Range.any("MAX, MEAN or LAST"),
            "What is made of the states at all words."));

    /** All of them, in the order of the pages. */
    public static final List<Option<?>> ALL =
            List.of(EMBEDDINGS, EMBEDDING_WORDS, EMBEDDING_SIZE, HIDDEN_SIZE, DROPOUT, POOLING);

    private LstmOptions() {}

    private static <T> Option<T> own(Option<T> option) {
        return option.of(row -> row.method() == TuningMethod.LSTM);
    }
}
