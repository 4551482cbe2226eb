package dev.cloze.runtime.comparison;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.template.PlaceholderValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures methods against one another on the same few examples: which one is best for this task?
 *
 * <pre>{@code
 * System.out.println(Comparison.of(ReviewPipeline.TASK)
 *         .zeroShot()
 *         .methods(TuningMethod.TF_IDF, TuningMethod.FINE_TUNING, TuningMethod.PROMPT_FINE_TUNING)
 *         .run(labeled));
 * }</pre>
 *
 * <p>For each seed K examples a label are drawn to learn from and K others to choose by, as LM-BFF does (Gao et al. 2021, arXiv
 * 2012.15723, section 3); the rest is what is measured on. All methods get the same. What has been measured is kept
 * where there is a folder, and a run that was cut off goes on from there.
 *
 * @param <I> the task class
 * @param <L> the label enum
 */
public final class Comparison<I, L> {

    private final ClassificationTask<I, L> task;
    private final List<Contender<I, L>> contenders = new ArrayList<>();
    private int k = 16;
    private List<Long> seeds = List.of(13L, 21L, 42L);
    private int most = 1000;
    private final Map<TuningMethod, List<Double>> ratesOfMethods = new EnumMap<>(TuningMethod.class);
    private List<Double> rates = List.of();
    private List<I> unlabeled = List.of();
    private UnaryOperator<TrainingOptions> change = UnaryOperator.identity();
    private @Nullable Path folder;

    private Comparison(ClassificationTask<I, L> task) {
        this.task = task;
    }

    /** A comparison for this task: {@code ReviewPipeline.TASK}. */
    public static <I, L> Comparison<I, L> of(ClassificationTask<I, L> task) {
        return new Comparison<>(task);
    }

    /**
     * Adds the model as it is, without any training: as {@code PROMPT_FINE_TUNING} asks it where the task's own method answers
     * nothing before it is trained.
     */
    public Comparison<I, L> zeroShot() {
        return add(Contender.untrained(task));
    }

    /** Adds the task tuned by each of these methods. */
    public Comparison<I, L> methods(TuningMethod... methods) {
        for (TuningMethod method : methods) {
            contender(method.name(), trainer -> trainer.method(method));
        }
        return this;
    }

    /**
     * Adds a way to tune of the caller's own, such as another template, another model or other options, which win over those of all contenders;
     * a learning rate that it sets is the only one it is tried with.
     *
     * @param name as the result has it, unlike all others
     * @param way changes a trainer, for instance {@code trainer -> trainer.template(1)}, or
     *     {@code trainer -> trainer.method(SETFIT).model("sentence-transformers/all-MiniLM-L6-v2")}
     */
    public Comparison<I, L> contender(String name, UnaryOperator<PromptTrainer<I, L>> way) {
        return add(new Contender<>(name, task, way));
    }

    private Comparison<I, L> add(Contender<I, L> contender) {
        if (contenders.stream().anyMatch(other -> other.name().equals(contender.name()))) {
            throw wrong("There are two contenders named " + contender.name() + ".", "Name each otherwise.");
        }
        contenders.add(contender);
        return this;
    }

    /** Draws so many examples a label to learn from, and as many to choose by; 16 unless it is set. */
    public Comparison<I, L> examples(int number) {
        if (number < 1) {
            throw wrong("The number of examples a label is " + number + ".", "Give at least 1.");
        }
        this.k = number;
        return this;
    }

    /** Draws once for each of these seeds; 13, 21 and 42 unless they are set. */
    public Comparison<I, L> seeds(long... values) {
        this.seeds = LongStream.of(values).boxed().distinct().toList();
        if (seeds.isEmpty()) {
            throw wrong("There is no seed.", "Give at least one.");
        }
        return this;
    }

    /** Measures on so many of the remaining examples at most, the same for every method; 1,000 unless it is set. */
    public Comparison<I, L> testAtMost(int number) {
        if (number < 1) {
            throw wrong("The number of examples to measure on is " + number + ".", "Give at least 1.");
        }
        this.most = number;
        return this;
    }

    /**
     * Tries each of these learning rates for every contender that trains in steps, by the development examples of the first
     * seed, and takes the best for all seeds; without them each has its method's own, or the one that the task says, which is of the
     * task's method alone.
     *
     * <p>Methods that tune all weights want rates such as 5e-5 to 3e-4; those of virtual tokens and the LSTM want 10 to 100 times
     * as much, and lose by these: give them others with {@link #learningRates(TuningMethod, double...)}.
     */
    public Comparison<I, L> learningRates(double... values) {
        this.rates = Arrays.stream(values).boxed().distinct().toList();
        return this;
    }

    /** Tries these learning rates, instead of those of all, for contenders that tune by this method; its own alone where there are none. */
    public Comparison<I, L> learningRates(TuningMethod method, double... values) {
        ratesOfMethods.put(method, Arrays.stream(values).boxed().distinct().toList());
        return this;
    }

    /** Changes options of all contenders, such as their steps; a method that doesn't have one of them goes without it. */
    public Comparison<I, L> options(UnaryOperator<TrainingOptions> next) {
        UnaryOperator<TrainingOptions> before = change;
        this.change = options -> next.apply(before.apply(options));
        return this;
    }

    /** Gives methods that learn from inputs without a label these, but for those with the texts of one that is measured on. */
    public Comparison<I, L> unlabeled(List<I> inputs) {
        this.unlabeled = List.copyOf(inputs);
        return this;
    }

    /**
     * Keeps what has been measured in this folder, and goes on with what is there of the same examples and settings. What each
     * contender said of each example lies in the folder {@code predictions} there, a table for each split: the example's number
     * in the list, from 1, its label, the predicted one and that one's probability.
     */
    public Comparison<I, L> folder(Path kept) {
        this.folder = kept;
        return this;
    }

    /**
     * Measures all contenders on splits of these examples.
     *
     * @param labeled more than twice as many of each label as are drawn, so that some of each are left to measure on; one with the
     *     texts of another that is drawn is not measured on
     * @throws ClozeException COMPARISON_SETTING where there is no contender, too few of a label or nothing to measure on,
     *     TRAINING_UNLABELED_MISSING and what {@link PromptTrainer#check} throws, all before anything is trained; DISK_WRITE;
     *     TRAINING_STOPPED where the thread is interrupted; and what a contender's training throws, except that one that diverges is
     *     only reported
     */
    public ComparisonResult run(List<Labeled<I, L>> labeled) {
        if (contenders.isEmpty()) {
            throw wrong("There is nothing to compare.", "Call methods(...), zeroShot() or contender(...) first.");
        }
        List<Split<I, L>> splits = seeds.stream()
                .map(seed -> Split.draw(labeled, unlabeled, this::texts, k, seed, most))
                .toList();
        boolean withUnlabeled =
                splits.stream().noneMatch(split -> split.unlabeled().isEmpty());
        contenders.forEach(contender -> contender.check(withUnlabeled, change));
        Map<Contender<I, L>, List<Double>> tried = new LinkedHashMap<>();
        contenders.forEach(contender -> tried.put(contender, contender.rates(rates, ratesOfMethods)));
        try (Measuring<I, L> measuring = new Measuring<>(task, tried, splits, change, folder)) {
            return measuring.run(k);
        }
    }

    private Map<String, String> texts(I input) {
        return PlaceholderValues.of(input, task.placeholders());
    }

    static ClozeException wrong(String what, String cure) {
        return new ClozeException(Problem.COMPARISON_SETTING, what + "\n  " + cure);
    }
}
