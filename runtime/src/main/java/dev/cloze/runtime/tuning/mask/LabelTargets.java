package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.loop.ExampleHash;
import java.util.Arrays;
import java.util.List;

/**
 * One label for each example; the score is the accuracy.
 *
 * @param labels the index of each example's label
 * @param loss the cross-entropy or the hinge loss
 */
public record LabelTargets(int[] labels, LabelLoss loss) implements MaskTargets {

    @Override
    public NDArray loss(NDManager scope, Kernel kernel, NDArray scores, int[] members, double factor) {
        NDArray right =
                scope.create(Arrays.stream(members).mapToLong(i -> labels[i]).toArray());
        String name = loss == LabelLoss.HINGE ? "hinge" : "loss";
        return kernel.train(scope, name, scores, right, Control.of(scope, factor));
    }

    @Override
    public double score(List<LabelAnswer> answers) {
        return LabeledValues.accuracy(labels, answers);
    }

    @Override
    public String metric() {
        return "dev accuracy";
    }

    @Override
    public String hash(List<EncodedText> texts) {
        return ExampleHash.of(texts, labels);
    }
}
