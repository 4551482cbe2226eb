package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.tuning.UnlabeledValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Inputs by which label words are judged, without their labels: the first of those that have none, or where there are none those of
 * the training set.
 *
 * @param inputs for each, the text of every placeholder by path; none where no words are judged
 */
public record Support(List<Map<String, String>> inputs) {

    /** As many as in KPT's paper. */
    private static final int MOST = 200;

    static Support of(TrainingOptions options, MaskExamples train, UnlabeledValues unlabeled) {
        if (options.get(VerbalizerOptions.KIND) != VerbalizerKind.KNOWLEDGEABLE) {
            return new Support(List.of());
        }
        List<Map<String, String>> inputs = first(unlabeled);
        return new Support(
                inputs.isEmpty()
                        ? train.inputs()
                                .subList(0, Math.min(MOST, train.inputs().size()))
                        : inputs);
    }

    private static List<Map<String, String>> first(UnlabeledValues unlabeled) {
        List<Map<String, String>> inputs = new ArrayList<>();
        unlabeled.forEach(input -> {
            if (inputs.size() < MOST) {
                inputs.add(Map.copyOf(input));
            }
        });
        return inputs;
    }

    /** What trainings must agree with beside their training set; nothing where they judge no words. */
    public static Map<String, String> identity(TrainingOptions options, UnlabeledValues unlabeled) {
        return options.get(VerbalizerOptions.KIND) == VerbalizerKind.KNOWLEDGEABLE
                ? new Support(first(unlabeled)).identity()
                : Map.of();
    }

    /** What a checkpoint must agree with. */
    Map<String, String> identity() {
        if (inputs.isEmpty()) {
            return Map.of();
        }
        DataHash hash = new DataHash();
        for (Map<String, String> input : inputs) {
            new TreeMap<>(input).forEach((path, text) -> hash.add(path + "=" + text));
        }
        return Map.of("support", hash.hex());
    }
}
