package dev.cloze.runtime.data;

import dev.cloze.annotations.Compat;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * Draws few-shot splits as LM-BFF does (Gao et al. 2021, arXiv 2012.15723, section 3): all examples are shuffled, the
 * first K of each label are for training, the next K for development, labels in the order the shuffle first shows them.
 */
public final class FewShotSampler {

    private FewShotSampler() {}

    /** A split that is the same for the same examples, K and seed, on every machine. */
    public static <E, L> FewShotSplit<E> split(List<E> examples, Function<? super E, L> labelOf, int k, long seed) {
        return split(examples, labelOf, k, seed, Compat.PAPER);
    }

    /**
     * As above; {@link Compat#REFERENCE} shuffles as {@code numpy.random.seed(seed); numpy.random.shuffle(examples)}
     * does, so that the original data give the splits the paper's authors published.
     *
     * @param k examples a label in each part, at least 1
     * @param seed any number; for {@code REFERENCE} from 0 to 4294967295
     * @throws ClozeException {@code TRAINING_TOO_FEW_EXAMPLES} when a label has fewer than 2 K, {@code
     *     TRAINING_OPTION_OUT_OF_RANGE}
     */
    public static <E, L> FewShotSplit<E> split(
            List<E> examples, Function<? super E, L> labelOf, int k, long seed, Compat compat) {
        range("k", k, 1, Integer.MAX_VALUE / 2);
        List<E> shuffled = new ArrayList<>(examples);
        shuffle(shuffled, compat == Compat.REFERENCE ? numpy(seed) : own(seed));
        Map<L, List<E>> byLabel = new LinkedHashMap<>();
        shuffled.forEach(example -> byLabel.computeIfAbsent(labelOf.apply(example), label -> new ArrayList<>())
                .add(example));
        List<E> train = new ArrayList<>();
        List<E> dev = new ArrayList<>();
        byLabel.forEach((label, all) -> {
            enough(label, all.size(), k);
            train.addAll(all.subList(0, k));
            dev.addAll(all.subList(k, 2 * k));
        });
        return new FewShotSplit<>(train, dev);
    }

    /** Fisher and Yates from the end, as numpy has it; the operator draws from 0 to its argument. */
    private static <E> void shuffle(List<E> list, IntUnaryOperator upTo) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, upTo.applyAsInt(i));
        }
    }

    private static IntUnaryOperator own(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return most -> random.nextInt(most + 1);
    }

    private static IntUnaryOperator numpy(long seed) {
        range("seed", seed, 0, 0xffffffffL);
        return new MersenneTwister((int) seed)::upTo;
    }

    private static void range(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ClozeException(
                    Problem.TRAINING_OPTION_OUT_OF_RANGE,
                    "The few-shot option " + name + " is " + value + ", but must be from " + least + " to " + most
                            + ".");
        }
    }

    private static void enough(Object label, int count, int k) {
        if (count < 2 * k) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "The label " + label + " has " + count + " examples, but K = " + k + " needs " + 2 * k + "."
                            + "\n  K examples a label are for training and K others for development."
                            + "\n  Give more examples of " + label + ", or make K at most " + count / 2 + ".");
        }
    }
}
