package dev.cloze.annotations.method;

/** How a language model is asked for a word. */
public enum BackboneKind {
    /** It sees both sides of a mask: BERT. */
    ENCODER,
    /** It says which token comes next: GPT-2, Llama. */
    DECODER,
    /** It reads a text and writes another, here what a sentinel of the first stands for: T5. */
    ENCODER_DECODER
}
