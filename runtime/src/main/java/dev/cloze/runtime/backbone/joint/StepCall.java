package dev.cloze.runtime.backbone.joint;

/** Asks to go on with one token a row, see {@link dev.cloze.runtime.backbone.Decoding#advance}. */
final class StepCall extends Call<Boolean> {

    final DecodingPart part;
    final int[] parents;
    final int[] tokens;

    StepCall(DecodingPart part, int[] parents, int[] tokens) {
        this.part = part;
        this.parents = parents;
        this.tokens = tokens;
    }
}
