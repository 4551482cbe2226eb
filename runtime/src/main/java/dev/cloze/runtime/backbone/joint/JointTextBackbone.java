package dev.cloze.runtime.backbone.joint;

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
import java.util.List;
import java.util.Map;

/** A {@link JointBackbone} that writes text: token for token, whatever each of the texts is chosen by. */
final class JointTextBackbone extends JointBackbone implements TextBackbone {

    private final TextBackbone base;

    JointTextBackbone(TextBackbone base) {
        super(base);
        this.base = base;
    }

    @Override
    public int[] endTokens() {
        return base.endTokens();
    }

    @Override
    public int[] before(int[] prompt) {
        return base.before(prompt);
    }

    @Override
    public int room(int read) {
        return base.room(read);
    }

    @Override
    public double[] targetLosses(List<TextRow> rows, Injection injection) {
        return base.targetLosses(rows, injection);
    }

    @Override
    public Decoding read(List<int[]> prompts, int most, Injection injection) {
        Meeting meeting = meeting();
        return meeting.ask(new ReadCall(meeting, List.copyOf(prompts), most, meeting.width(), injection));
    }

    @Override
    public NDArray targetLoss(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        throw isNotCopied();
    }

    @Override
    public TargetAnswers targetAnswers(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        throw isNotCopied();
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
