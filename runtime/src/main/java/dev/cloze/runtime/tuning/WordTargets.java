package dev.cloze.runtime.tuning;

import dev.cloze.runtime.backbone.TextRow;
import java.util.List;

/**
 * Label words as texts that a backbone writes at the mask.
 *
 * @param rows for each example, what is read and, for each word in the verbalizer's order, the word as what is written
 * @param weights [word][label]: the word's share of its label's score
 */
public record WordTargets(List<List<TextRow>> rows, float[][] weights) {}
