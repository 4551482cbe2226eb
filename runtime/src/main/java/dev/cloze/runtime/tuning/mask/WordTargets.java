package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.backbone.TextRow;
import java.util.List;

/**
 * Label words as texts that a backbone writes at the mask.
 *
 * @param rows for each example, what is read and written: equally many, in the same order
 * @param weights [row][label]: the share of the row's log-probability in the label's score
 */
public record WordTargets(List<List<TextRow>> rows, float[][] weights) {}
