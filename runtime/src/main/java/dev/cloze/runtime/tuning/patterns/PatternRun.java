package dev.cloze.runtime.tuning.patterns;

import dev.cloze.annotations.Combination;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.PlanDisplay;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.MaskAnswers;
import dev.cloze.runtime.tuning.mask.MaskTraining;
import dev.cloze.runtime.tuning.plan.PlanRun;
import dev.cloze.runtime.tuning.plan.WorkPlan;
import dev.cloze.runtime.tuning.unlabeled.ScoreFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run over the templates of a task: its model, its folder, its unlabelled texts. One training is in memory at a time; what
 * is left of the others is on disk.
 */
public final class PatternRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PatternRun.class);

    /** Unlabelled texts in a micro-batch for each labelled example, as in the authors' code. */
    private static final int UNLABELED_BESIDE_ONE = 3;

    private final LabelTask task;
    private final LanguageModel model;
    private final TrainingOptions options;
    private final TuningRequest<LabelProduct> request;
    private final WorkPlan work;
    private final List<CompiledTask> patterns;
    private final PlanRun plan;
    private final PlanDisplay display;
    private final UnlabeledStep unlabeled;

    /**
     * Checks every template and spools the texts without a label.
     *
     * @param model whose lease stays the caller's
     * @param labels the names of the steps whose models label those texts
     * @param labeled examples whose inputs are left out of those texts
     */
    public PatternRun(
            LabelTask task,
            LanguageModel model,
            TrainingOptions options,
            TuningRequest<LabelProduct> request,
            WorkPlan work,
            Predicate<String> labels,
            List<LabeledValues> labeled) {
        this.task = task;
        this.model = model;
        this.options = options;
        this.request = request;
        this.patterns = IntStream.range(0, task.templates().size())
                .mapToObj(task::withTemplate)
                .map(one -> CompiledTask.of(one, one.templates().get(0), model))
                .toList();
        checkAuxiliary();
        this.plan = PlanRun.open(options.checkpointFolder());
        try {
            this.unlabeled = UnlabeledStep.of(plan, task, request.unlabeled(), labeled);
        } catch (RuntimeException | Error e) {
            plan.close();
            throw e;
        }
        int labelling = labelling(unlabeled.texts().size(), options);
        this.work = work.behind(labels, labelling);
        this.display = new PlanDisplay(
                this.work.work(), work.toString(), request.training().quiet());
    }

    /** How many models there are: repetitions of every template. */
    public int models() {
        return patterns.size() * options.get(PetOptions.REPETITIONS);
    }

    /**
     * Trains a model for each template and repetition.
     *
     * @param prefix of the names of their steps
     * @param train for each model in turn, what it learns from
     * @param keepsWeights whether they leave their weights rather than what they say of the unlabelled texts
     * @return those that did not diverge, at least one
     */
    public List<PatternModel> train(String prefix, List<LabeledValues> train, LabeledValues dev, boolean keepsWeights) {
        List<PatternModel> models = new ArrayList<>();
        int repetitions = options.get(PetOptions.REPETITIONS);
        for (int i = 0; i < train.size(); i++) {
            int pattern = i / repetitions;
            String name = prefix + suffix(i);
            TrainingOptions own = options.withSeed(seed(options.seed(), name));
            models.add(new PatternTraining(this, name, patterns.get(pattern), own, keepsWeights)
                    .run(pattern, train.get(i), dev));
        }
        return sound(models);
    }

    /** What the name of a model's step ends with: {@code 1-2} for the second model of the first template. */
    public String suffix(int model) {
        int repetitions = options.get(PetOptions.REPETITIONS);
        return (model / repetitions + 1) + "-" + (model % repetitions + 1);
    }

    /** The model as it is, asked by each template, as if it had been trained: those of which it says numbers, at least one. */
    public List<PatternModel> untrained() {
        return new UntrainedModels(this).all();
    }

    /** The seed of the training of this name. */
    static long seed(long seed, String name) {
        return RandomStream.TRAININGS.seed(seed, name.chars().asLongStream().reduce(7, (sum, c) -> 31 * sum + c));
    }

    private static List<PatternModel> sound(List<PatternModel> models) {
        List<PatternModel> sound = models.stream().filter(PatternModel::isSound).toList();
        models.stream()
                .filter(model -> !model.isSound())
                .forEach(model -> LOG.warn(
                        "{} diverged, and the others go on without it: {}",
                        model.name(),
                        model.outcome().diverged()));
        if (sound.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_DIVERGED,
                    "The trainings of all " + models.size()
                            + " models diverged, so that nothing is left to go on with.\n  "
                            + models.get(0).outcome().diverged().strip());
        }
        return sound;
    }

    /** What each model counts: its template's accuracy on the examples before any training, or the same for all. */
    public double[] weights(List<PatternModel> models, LabeledValues train) {
        if (options.get(PetOptions.COMBINATION) == Combination.UNIFORM || train.isEmpty()) {
            return models.stream().mapToDouble(model -> 1).toArray();
        }
        // Of a template that diverged even the untrained model may say no numbers.
        Map<Integer, Double> accuracies = new HashMap<>();
        for (PatternModel one : models) {
            accuracies.computeIfAbsent(
                    one.pattern(),
                    pattern -> train.accuracy(MaskAnswers.uncalibrated(patterns.get(pattern), model.backbone())));
        }
        return models.stream()
                .mapToDouble(one -> accuracies.getOrDefault(one.pattern(), 0.0))
                .toArray();
    }

    /** Writes what is answered to the unlabelled texts; the progress of this step shows it. */
    void score(String step, Path file, LabelAnswers answers) throws IOException {
        int texts = unlabeled.texts().size();
        // What is asked before the first training is none of the plan's steps.
        long before = work.step(step)
                .map(known -> work.workBefore(step) + known.updates())
                .orElse(0L);
        int more = work.step(step).map(WorkPlan.Step::more).orElse(0);
        ScoreFile.write(
                file,
                unlabeled.texts(),
                answers,
                done -> display.at(
                        String.format(Locale.ROOT, "%s labels, %,d of %,d texts", step, done, texts),
                        before + (long) more * done / texts));
    }

    /** Labelling a text takes a forward pass, a third of a training example's work. */
    private static int labelling(int texts, TrainingOptions options) {
        return (int) Math.ceil(texts / (3.0 * options.batchSize()));
    }

    /** What a pattern's training makes small. */
    Objective.Plan objective(CompiledTask compiled, MaskTraining training, TrainingOptions own) {
        double share = own.get(PetOptions.AUXILIARY_WEIGHT);
        if (share == 0) {
            return training.objective();
        }
        int labeled = (own.batchSize() + own.accumulation() - 1) / own.accumulation();
        MaskedTexts texts = new MaskedTexts(
                model, compiled, unlabeled.texts(), UNLABELED_BESIDE_ONE * labeled, own.seed(), own.loss());
        return AuxiliaryObjective.of(training.objective(), texts, share);
    }

    /** Refuses a model that the masked-LM loss can't be had of. */
    private void checkAuxiliary() {
        if (options.get(PetOptions.AUXILIARY_WEIGHT) == 0) {
            return;
        }
        if (model.backbone().kind() != BackboneKind.ENCODER) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    "The option " + PetOptions.AUXILIARY_WEIGHT + " means nothing to "
                            + model.folder().name()
                            + ", which is no encoder: it guesses no tokens inside a text.\n  Leave it out, or choose an"
                            + " encoder.");
        }
    }

    /**
     * Refuses to go on without texts that have no label: {@code TRAINING_UNLABELED_MISSING}.
     *
     * @param anyway whether the method needs them whatever its options are; the masked-LM loss does too
     */
    public void requireTexts(boolean anyway) {
        boolean ensemble = work.step(Distillation.STEP).isEmpty();
        double auxiliary = options.get(PetOptions.AUXILIARY_WEIGHT);
        if (unlabeled.texts().isEmpty() && (anyway || auxiliary > 0)) {
            MissingTexts missing = new MissingTexts(task.tuning().method(), ensemble, auxiliary);
            throw missing.problem(unlabeled.labeled(), anyway);
        }
    }

    /** With a folder for checkpoints, where the run has one that outlives it. */
    TrainingOptions checkpointed(TrainingOptions own, Path scratch) {
        return options.checkpointFolder() == null ? own : own.withCheckpointFolder(scratch.resolve("checkpoints"));
    }

    /** Who hears of a training. */
    List<TrainingListener> listeners(String step) {
        List<TrainingListener> listeners = new ArrayList<>();
        String title = work.trainingNumber(step) + " of " + work.trainings() + ", " + step;
        listeners.add(display.of(title, work.workBefore(step)));
        listeners.addAll(request.training().listeners());
        return listeners;
    }

    LabelTask task() {
        return task;
    }

    /** The task of one template. */
    public CompiledTask pattern(int number) {
        return patterns.get(number);
    }

    /** How many templates there are. */
    public int patterns() {
        return patterns.size();
    }

    LanguageModel model() {
        return model;
    }

    /** Where steps are done. */
    public PlanRun plan() {
        return plan;
    }

    /** The options in force. */
    public TrainingOptions options() {
        return options;
    }

    TuningRequest<LabelProduct> request() {
        return request;
    }

    /** The texts without a label, and what is known of them. */
    public UnlabeledStep unlabeled() {
        return unlabeled;
    }

    String unlabeledHash() {
        return unlabeled.hash();
    }

    @Override
    public void close() {
        display.close();
        unlabeled.close();
        plan.close();
    }
}
