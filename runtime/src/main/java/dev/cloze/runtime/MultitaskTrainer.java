package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.multitask.LabelSource;
import dev.cloze.runtime.multitask.MultitaskTraining;
import dev.cloze.runtime.multitask.Source;
import dev.cloze.runtime.multitask.TextSource;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.training.TrainingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Trains one prompt on several tasks, from which others learn with few examples (Wang et al. 2023, Multitask Prompt Tuning, arXiv
 * 2303.02861).
 *
 * <pre>{@code
 * SharedPrompt shared = MultitaskTrainer.create()
 *         .task("reviews", ReviewPipeline.trainer(), reviews)
 *         .task("topics", NewsPipeline.trainer(), news)
 *         .fit();
 * shared.save(Path.of("prompts/shared"));
 * }</pre>
 *
 * <p>The tasks may have templates, labels and words of their own; the model is one. Whatever method their annotations name, here they
 * are tuned by their words at the mask. A prompt is trained for each alone first; these then teach the shared one, together with the
 * examples.
 */
public final class MultitaskTrainer {

    private static final double TEACHING = 0.9;

    private final List<Source> sources = new ArrayList<>();
    private final List<TrainingListener> listeners = new ArrayList<>();
    private UnaryOperator<TrainingOptions> change = UnaryOperator.identity();
    private UnaryOperator<TrainingOptions> teachers = UnaryOperator.identity();
    private double teaching = TEACHING;
    private boolean quiet;

    private MultitaskTrainer() {}

    /** A trainer without any task. */
    public static MultitaskTrainer create() {
        return new MultitaskTrainer();
    }

    /**
     * Adds a task, with nothing to choose the best weights by.
     *
     * @throws IllegalArgumentException as {@link #task(String, PromptTrainer, List, List)}
     */
    public <I, L> MultitaskTrainer task(String name, PromptTrainer<I, L> trainer, List<Labeled<I, L>> train) {
        return task(name, trainer, train, List.of());
    }

    /**
     * Adds a task.
     *
     * @param name by which it is known in the shared prompt
     * @param trainer of the task, of which template and words count; it stays as it is
     * @param train at least one example of every label
     * @param dev other examples; for all tasks, or for none
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public <I, L> MultitaskTrainer task(
            String name, PromptTrainer<I, L> trainer, List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        ClassificationTask<I, L> task = trainer.tuned();
        return add(new LabelSource<>(name, task.withTuning(shared(task.tuning())), train, dev));
    }

    /**
     * Adds a task that has text written, with nothing to choose the best weights by.
     *
     * @throws IllegalArgumentException as {@link #task(String, TextTrainer, List, List)}
     */
    public <I> MultitaskTrainer task(String name, TextTrainer<I> trainer, List<TextPair<I>> train) {
        return task(name, trainer, train, List.of());
    }

    /**
     * Adds a task that has text written, by a decoder or T5.
     *
     * @param name by which it is known in the shared prompt
     * @param trainer of the task, of which the template counts; it stays as it is
     * @param train at least one pair
     * @param dev other pairs; for all tasks, or for none
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public <I> MultitaskTrainer task(
            String name, TextTrainer<I> trainer, List<TextPair<I>> train, List<TextPair<I>> dev) {
        TextTask<I> task = trainer.tuned();
        return add(new TextSource<>(name, task.withTuning(shared(task.tuning())), train, dev));
    }

    private static TaskTuning shared(TaskTuning tuning) {
        return tuning.withMethod(TuningMethod.MULTITASK_PROMPT_TUNING);
    }

    private MultitaskTrainer add(Source added) {
        String name = added.name();
        if (name.isBlank() || sources.stream().anyMatch(source -> source.name().equals(name))) {
            throw new IllegalArgumentException(
                    "The name \"" + name + "\" is blank, or of a task that is there already");
        }
        sources.add(added);
        return this;
    }

    /** Changes the options of the shared prompt's training; several changes are made in turn. */
    public MultitaskTrainer options(UnaryOperator<TrainingOptions> next) {
        UnaryOperator<TrainingOptions> before = change;
        this.change = options -> next.apply(before.apply(options));
        return this;
    }

    /** Changes the options with which each task's own prompt is trained first, which are prompt tuning's. */
    public MultitaskTrainer teachers(UnaryOperator<TrainingOptions> next) {
        UnaryOperator<TrainingOptions> before = teachers;
        this.teachers = options -> next.apply(before.apply(options));
        return this;
    }

    /**
     * How much what the tasks' own prompts say counts beside the labels, 0.9 unless set, which is this project's choice.
     *
     * @param weight 0 or more; at 0 none is trained
     */
    public MultitaskTrainer teaching(double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("The weight of teaching is " + weight + ", and 0 or more is allowed");
        }
        this.teaching = weight;
        return this;
    }

    /** Adds a listener, which hears of the shared prompt's training. */
    public MultitaskTrainer listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Leaves out the progress bar, or the log lines where there is no terminal. */
    public MultitaskTrainer quiet() {
        this.quiet = true;
        return this;
    }

    /**
     * Trains. With a checkpoint folder in {@link #options} a training that was stopped goes on from there, teachers included.
     *
     * @throws ClozeException TRAINING_TOO_FEW_EXAMPLES where there is no task, or one without examples, of every label where it has labels, or
     *     development examples of some tasks only; TUNING_BACKBONE_UNSUPPORTED where the tasks are of several models, or text is to be
     *     written by one that writes none; as {@link
     *     PromptTrainer#fit(List, List)}
     */
    public SharedPrompt fit() {
        AskedOptions shared = AskedOptions.of(OptionValues.NONE, change);
        AskedOptions alone = AskedOptions.of(OptionValues.NONE, teachers);
        TrainingRequest own = new TrainingRequest(shared.change(), listeners, quiet);
        TrainingRequest single = new TrainingRequest(alone.change(), List.of(), quiet);
        List<Source> asked = sources.stream()
                .map(source -> source.withTuning(shared.at(source.tuning())))
                .toList();
        return new SharedPrompt(new MultitaskTraining(asked, own, single, teaching).run());
    }
}
