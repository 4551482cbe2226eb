package dev.cloze.annotations.method;

/** What a method reads of a task's template. */
public enum Reading {
    /** The whole of it: where labels are chosen, numbers given, spans labelled or words ranked, it needs {@code {mask}} and words. */
    TEMPLATE,
    /** The placeholders in order, in their segments: mask and fixed words are dropped, label words may be absent. */
    PLACEHOLDERS
}
