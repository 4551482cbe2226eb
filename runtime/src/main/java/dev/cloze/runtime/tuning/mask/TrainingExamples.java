package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.backbone.TokenRow;
import java.util.List;

/**
 * A training set as the model reads it.
 *
 * @param rows for each projection, the row of each example, with as many masks as the projection has
 * @param labels the index of each example's label
 */
public record TrainingExamples(List<List<TokenRow>> rows, int[] labels) {}
