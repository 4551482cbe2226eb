package dev.cloze.annotations.syntax;

/**
 * A part of a template with the white space that is encoded before it.
 *
 * @param before white space as written, perhaps none
 * @param part a text stands without white space at its ends, but for what is kept at its end; an empty one is white space
 *     that no text follows
 */
public record SpacedPart(String before, TemplatePart part) {}
