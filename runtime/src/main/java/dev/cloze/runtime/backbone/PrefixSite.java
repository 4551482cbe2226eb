package dev.cloze.runtime.backbone;

/** Where in every layer a prefix of keys and values stands. */
public enum PrefixSite {
    /** The self-attention of an encoder. */
    ENCODER,
    /** The self-attention of a decoder. */
    DECODER,
    /** The attention of a decoder to its encoder. */
    CROSS
}
