package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;

/**
 * What a model says where each token of targets is to be written, row after row.
 *
 * @param states its last hidden states, (M, E)
 * @param logits those of the whole vocabulary, (M, V)
 */
public record TargetAnswers(NDArray states, NDArray logits) {

    /** Those of a kernel: the logits of each place stand behind its states, (M, E + V). */
    public static TargetAnswers of(NDArray said, int width) {
        return new TargetAnswers(said.get(":, :" + width), said.get(":, " + width + ":"));
    }
}
