package dev.cloze.runtime.backbone;

import dev.cloze.annotations.FineTuning;

/** Which of a text's last hidden states are wanted. B batch, M places asked, T sequence, E hidden size, e
 * embedding width. */
public enum StatePooling {
    /**
     * Those at the places asked, (B, M, E), or where rows ask for none, at all places, (B, T, E), of which padding means
     * nothing. An encoder-decoder has them of its decoder, which reads the text itself behind its start token.
     */
    PLACES,
    /**
     * Those from which the model says what stands at the masks that the rows ask for, (B, M, E): an encoder's at its masks; the
     * one of a decoder's last token before its only mask; that of an encoder-decoder's decoder where it answers its sentinel.
     */
    MASKS,
    /**
     * What the language model's head compares with the words' vectors to say what stands at these masks, (B, M, e): the product
     * with the vector of a word, {@link Backbone#wordVectors}, is the word's logit, but for the bias it may have.
     */
    HEAD,
    /** Their mean over the tokens of a row, padding left out: (B, E). An encoder-decoder has it of its encoder. */
    MEAN;

    /** What a head reads by the option's value. */
    public static StatePooling of(FineTuning.Pooling option) {
        return option == FineTuning.Pooling.MEAN ? MEAN : PLACES;
    }
}
