package dev.cloze.runtime.backbone;

/** Which of a text's last hidden states are wanted. B batch, M places asked, T sequence, E hidden size. */
public enum StatePooling {
    /**
     * Those at the places asked, (B, M, E), or where rows ask for none, at all places, (B, T, E), of which padding means
     * nothing. An encoder-decoder has them of its decoder, which reads the text itself behind its start token.
     */
    PLACES,
    /** Their mean over the tokens of a row, padding left out: (B, E). An encoder-decoder has it of its encoder. */
    MEAN
}
