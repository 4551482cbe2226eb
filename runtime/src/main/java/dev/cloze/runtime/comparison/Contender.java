package dev.cloze.runtime.comparison;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.tuning.plan.TrainingInputs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is measured: a way to come to a pipeline.
 *
 * @param name unlike all others
 * @param task as all contenders have it
 * @param way changes a trainer of the task; null where nothing is trained
 */
record Contender<I, L>(
        String name,
        ClassificationTask<I, L> task,
        @Nullable UnaryOperator<PromptTrainer<I, L>> way) {

    /** What nobody chooses as a learning rate. */
    private static final double NOBODYS = Math.nextUp(0.1234567);

    /** The model as it is, asked by the template where the task's own method doesn't answer without training. */
    static <I, L> Contender<I, L> untrained(ClassificationTask<I, L> task) {
        boolean answers =
                MethodTable.of(task.tuning().method(), TaskKind.CLASSIFICATION).untrained();
        ClassificationTask<I, L> asked =
                answers ? task : task.withTuning(task.tuning().withMethod(TuningMethod.PROMPT_FINE_TUNING));
        return new Contender<>("zero-shot", asked, null);
    }

    /** Whether anything is trained. */
    boolean isTrained() {
        return way != null;
    }

    /** The learning rates that it is to be tried with: none where it doesn't train in steps, or sets one of its own. */
    List<Double> rates(List<Double> all, Map<TuningMethod, List<Double>> ofMethods) {
        if (way == null) {
            return List.of();
        }
        PromptTrainer<I, L> trainer = trainer(way, options -> options.withLearningRate(NOBODYS));
        TuningMethod method = trainer.method();
        boolean isOpen = MethodTable.of(method, TaskKind.CLASSIFICATION).inSteps()
                && trainer.options().learningRate() == NOBODYS;
        return isOpen ? ofMethods.getOrDefault(method, all) : List.of();
    }

    /**
     * Refuses what fails whatever the examples are, rather than after hours of the others' trainings.
     *
     * @param withUnlabeled whether there are texts without a label
     * @param change of the options, which its own come after
     */
    void check(boolean withUnlabeled, UnaryOperator<TrainingOptions> change) {
        if (way == null) {
            return;
        }
        PromptTrainer<I, L> trainer = trainer(way, change);
        trainer.check();
        if (!withUnlabeled
                && MethodTable.of(trainer.method(), TaskKind.CLASSIFICATION).unlabeledTexts()) {
            throw new ClozeException(
                    Problem.TRAINING_UNLABELED_MISSING,
                    "The contender " + name + " tunes by " + trainer.method()
                            + ", which learns from texts without a label, and there are none.\n"
                            + "  Give the comparison some with unlabeled(texts), or leave " + name + " out.");
        }
    }

    /** What it does, as a text that is another where it does something else. */
    String settings() {
        if (way == null) {
            return task.tuning() + model(task.tuning().method(), task.tuning().backbone());
        }
        PromptTrainer<I, L> trainer = trainer(way, UnaryOperator.identity());
        return trainer + model(trainer.method(), trainer.model());
    }

    /** What the method's model is, as its folder may hold another tomorrow; empty where it has none. */
    private static String model(TuningMethod method, String name) {
        Map<String, String> parts = new TreeMap<>();
        if (MethodTable.of(method, TaskKind.CLASSIFICATION).hasBackbone()) {
            TrainingInputs.putModel(parts, "model", name);
        }
        return parts.toString();
    }

    /**
     * Comes to a pipeline by a split's examples; the caller closes it.
     *
     * @param change of the options, which its own come after
     */
    PromptPipeline<I, L> pipeline(Split<I, L> split, UnaryOperator<TrainingOptions> change) {
        if (way == null) {
            return PromptPipeline.zeroShot(task);
        }
        Ending ending = new Ending();
        PromptPipeline<I, L> tuned =
                trainer(way, change).listener(ending).fit(split.train(), split.dev(), split.unlabeled());
        if (ending.interrupted) {
            tuned.close();
            throw stopped();
        }
        return tuned;
    }

    /** What is thrown where a part of a training would count for the whole of it. */
    ClozeException stopped() {
        return new ClozeException(
                Problem.TRAINING_STOPPED,
                "The comparison was stopped while it measured " + name
                        + ".\n  What was measured before is kept if it has a"
                        + " folder: the same comparison goes on from there.");
    }

    private static final class Ending implements TrainingListener {

        private boolean interrupted;

        @Override
        public void onEnd(TrainingEnded ended) {
            interrupted = ended.reason() == StopReason.INTERRUPTED;
        }
    }

    /** A learning rate that the task says is of its own method and model. */
    private PromptTrainer<I, L> trainer(
            UnaryOperator<PromptTrainer<I, L>> changing, UnaryOperator<TrainingOptions> change) {
        PromptTrainer<I, L> trainer = changing.apply(trainer(task, change));
        return trainer.method() == task.tuning().method()
                        && trainer.model().equals(task.tuning().backbone())
                ? trainer
                : changing.apply(trainer(task.withTuning(task.tuning().without(TuningOptions.LEARNING_RATE)), change));
    }

    private static <I, L> PromptTrainer<I, L> trainer(
            ClassificationTask<I, L> tuned, UnaryOperator<TrainingOptions> change) {
        return PromptTrainer.of(tuned).sharedOptions(change).quiet();
    }
}
