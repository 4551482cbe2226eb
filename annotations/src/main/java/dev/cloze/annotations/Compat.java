package dev.cloze.annotations;

/** Whom to follow where a paper and its authors' code differ. */
public enum Compat {
    /** The paper's text. */
    PAPER,
    /** The authors' published code. */
    REFERENCE
}
