package dev.cloze.runtime.verbalizer;

/**
 * A word that stands for a label.
 *
 * @param label the label's index
 * @param text the word as written
 * @param tokens the ids that are scored, at least one
 */
public record LabelWord(int label, String text, int[] tokens) {}
