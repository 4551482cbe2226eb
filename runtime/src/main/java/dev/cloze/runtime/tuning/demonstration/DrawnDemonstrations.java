package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.tuning.mask.ExampleTexts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The training examples, each with one demonstration of every label, in the order of the labels, drawn anew each time the
 * example comes; it is never its own demonstration (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 6.1).
 */
public final class DrawnDemonstrations implements ExampleTexts {

    private final DemonstratedTemplate template;
    private final DemonstrationPool pool;
    private final Candidates candidates;

    /** Which examples a training example can be shown with. */
    @FunctionalInterface
    public interface Candidates {

        /** Positions of that label's examples, at least one, the example itself not among them. */
        int[] of(int example, int label);
    }

    /** Examples of the pool with these candidates. */
    public DrawnDemonstrations(DemonstratedTemplate template, DemonstrationPool pool, Candidates candidates) {
        this.template = template;
        this.pool = pool;
        this.candidates = candidates;
    }

    /** All of a label but the example itself. */
    public static Candidates allOthers(DemonstrationPool pool) {
        return (example, label) -> IntStream.of(pool.ofLabel(label))
                .filter(other -> other != example)
                .toArray();
    }

    @Override
    public EncodedText of(int example, int masks) {
        throw new IllegalStateException("demonstrations are drawn for a micro-batch");
    }

    @Override
    public ExampleTexts drawn(int[] batch, long seed) {
        Map<List<Integer>, EncodedText> texts = new HashMap<>();
        return (example, masks) ->
                texts.computeIfAbsent(List.of(example, masks), any -> text(example, masks, draw(example, seed)));
    }

    private EncodedText text(int example, int masks, int[] shown) {
        return template.text(pool.examples().inputs().get(example), masks, pool.at(shown));
    }

    /** The positions of the demonstrations that an example has in the step of this seed, label by label. */
    public int[] draw(int example, long seed) {
        SplittableRandom random = new SplittableRandom(RandomStream.DEMONSTRATIONS.seed(seed, example));
        int[] drawn = new int[pool.labels()];
        for (int label = 0; label < drawn.length; label++) {
            int[] from = candidates.of(example, label);
            drawn[label] = from[random.nextInt(from.length)];
        }
        return drawn;
    }
}
