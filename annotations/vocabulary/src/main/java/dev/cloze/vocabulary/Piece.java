package dev.cloze.vocabulary;

/** A part of the normalized text on its way to the model; the first one begins where the text begins. */
record Piece(String text, boolean first) {}
