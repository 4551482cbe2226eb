package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TargetAnswers;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.Checkpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A {@link SoftBackbone} that writes text. */
final class SoftTextBackbone extends SoftBackbone implements TextBackbone {

    private final TextBackbone base;

    SoftTextBackbone(TextBackbone base, SoftForm form, SoftVectors vectors) {
        super(base, form, vectors);
        this.base = base;
    }

    @Override
    public int[] endTokens() {
        return base.endTokens();
    }

    /** Virtual tokens repeat no word. */
    @Override
    public int[] before(int[] prompt) {
        return base.before(Arrays.stream(prompt).filter(id -> id >= 0).toArray());
    }

    @Override
    public int room(int read) {
        return base.room(read + form().positions());
    }

    @Override
    public NDArray targetLoss(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        return base.targetLoss(scope, rows, dropout, injection(scope, dropout, injection, rows.size()));
    }

    @Override
    public TargetAnswers targetAnswers(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        return base.targetAnswers(scope, rows, dropout, injection(scope, dropout, injection, rows.size()));
    }

    @Override
    public double[] targetLosses(List<TextRow> rows, Injection injection) {
        try (NDManager scope = memory().newSubManager()) {
            return base.targetLosses(rows, injection(scope, injection));
        }
    }

    @Override
    public Decoding read(List<int[]> prompts, int most, Injection injection) {
        try (NDManager scope = memory().newSubManager()) {
            return base.read(prompts, most, injection(scope, injection));
        }
    }

    @Override
    public TextBackbone trainableCopy() {
        throw isNotCopied();
    }

    @Override
    public TextBackbone trainableBody() {
        throw isNotCopied();
    }

    @Override
    public TextBackbone withWeights(Map<WeightSlot, NDArray> source) {
        throw isNotCopied();
    }

    @Override
    public TextBackbone withWeights(Checkpoint checkpoint, String name) {
        throw isNotCopied();
    }
}
