package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tuning.LabeledValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The examples that can be shown, each encoded once, by position and by label. */
public final class DemonstrationPool {

    private final LabeledValues examples;
    private final List<Demonstration> encoded;
    private final List<int[]> byLabel;

    /**
     * A pool of these examples.
     *
     * @param labels how many labels there are
     */
    public DemonstrationPool(DemonstratedTemplate template, LabeledValues examples, int labels) {
        this.examples = examples;
        this.encoded = IntStream.range(0, examples.size())
                .mapToObj(i -> template.demonstration(examples.inputs().get(i), examples.labels()[i]))
                .toList();
        this.byLabel = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int of = label;
            byLabel.add(IntStream.range(0, examples.size())
                    .filter(i -> examples.labels()[i] == of)
                    .toArray());
        }
    }

    /** How many labels there are. */
    public int labels() {
        return byLabel.size();
    }

    /** The examples as they were given. */
    public LabeledValues examples() {
        return examples;
    }

    /** The positions of a label's examples, ascending. */
    public int[] ofLabel(int label) {
        return byLabel.get(label).clone();
    }

    /** The example at a position. */
    public Demonstration at(int position) {
        return encoded.get(position);
    }

    /** The examples at these positions, in their order. */
    public List<Demonstration> at(int[] positions) {
        return IntStream.of(positions).mapToObj(encoded::get).toList();
    }

    /**
     * Refuses a label with fewer examples than this: {@code TRAINING_TOO_FEW_EXAMPLES}.
     *
     * @param names the labels' names
     * @param why to complete the sentence "There must be 2 of each label, "
     */
    public void requireOfEach(int least, List<?> names, String why) {
        for (int label = 0; label < byLabel.size(); label++) {
            int count = byLabel.get(label).length;
            if (count < least) {
                throw new ClozeException(
                        Problem.TRAINING_TOO_FEW_EXAMPLES,
                        "The label " + names.get(label) + " has " + count
                                + (count == 1 ? " training example" : " training examples") + ", and there must be "
                                + least + " of each label, " + why + ".\n  Give more examples of " + names.get(label)
                                + ", or choose a method without demonstrations.");
            }
        }
    }
}
