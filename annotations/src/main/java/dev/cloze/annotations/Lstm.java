package dev.cloze.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Has a task tuned by {@link TuningMethod#LSTM}, and says what the network is like. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Lstm {

    /** What is made of the states at all words. */
    enum Pooling {
        /** The greatest of each element over the words, as in InferSent (Conneau et al. 2017, arXiv 1705.02364). */
        MAX,
        /** The mean over the words. */
        MEAN,
        /** The last state of each direction. */
        LAST
    }

    /**
     * A file of word vectors to start from: word2vec's or GloVe's text, or word2vec's binary format, zipped if it ends with
     * {@code .gz}. Left out, vectors start at random.
     */
    String embeddings() default "";

    /** Words that are read from the beginning of that file, 1 to 10,000,000; without it an error. */
    int embeddingWords() default 50_000;

    /** Numbers of a word vector, 1 to 4,096; as the file has, or 100 without one, if left out. */
    int embeddingSize() default 0;

    /** Numbers of a state of each of the two directions, 1 to 4,096. */
    int hiddenSize() default 128;

    /** The share of word vectors' and of the pooled state's numbers that is dropped in training, 0 to below 1. */
    double dropout() default 0.2;

    /** What is made of the states at all words. */
    Pooling pooling() default Pooling.MAX;
}
