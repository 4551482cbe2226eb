package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.PlanDisplay;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import dev.cloze.runtime.tuning.plan.PlanRun;
import dev.cloze.runtime.tuning.plan.StepTraining;
import dev.cloze.runtime.tuning.plan.TrainingInputs;
import dev.cloze.runtime.tuning.plan.WorkPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training for each template of a task, each as if the task had that template alone; what comes of them answers together, by the
 * mean of their scores (Gao et al. 2021, LM-BFF, arXiv 2012.15723, ensembles of templates).
 *
 * <p>One training is in memory at a time; what the others left is on disk, and a run that is stopped goes on from there. A
 * template whose training diverges is told and left out.
 */
public final class TemplateTrainings {

    private static final Logger LOG = LoggerFactory.getLogger(TemplateTrainings.class);

    private final ClassificationStrategy method;
    private final LabelTask task;
    private final TuningRequest<LabelProduct> request;
    private final Map<String, String> more;

    /**
     * Trainings of a task of several templates.
     *
     * @param method which tunes and reads tasks of one template
     * @param more what else its trainings depend on, by name
     */
    public TemplateTrainings(
            ClassificationStrategy method,
            LabelTask task,
            TuningRequest<LabelProduct> request,
            Map<String, String> more) {
        this.method = method;
        this.task = task;
        this.request = request;
        this.more = Map.copyOf(more);
    }

    /** Trains them and has them answer together. */
    public TuningResult<LabelProduct> tune(LabeledValues train, LabeledValues dev) {
        TrainingOptions options = request.training().options(task.tuning(), TrainingOptions.defaults(), dev.isEmpty());
        requireFilled();
        WorkPlan work = new WorkPlan(IntStream.range(0, task.templates().size())
                .mapToObj(i -> new WorkPlan.Step(name(i), options.maxSteps()))
                .toList());
        try (PlanRun plan = PlanRun.open(options.checkpointFolder());
                PlanDisplay display = new PlanDisplay(
                        work.updates(), work.toString(), request.training().quiet())) {
            List<FinishedStep> steps = new ArrayList<>();
            for (int i = 0; i < task.templates().size(); i++) {
                steps.add(step(plan, display, work, i, options, train, dev));
            }
            return together(steps, options);
        }
    }

    private static String name(int template) {
        return "model-" + (template + 1);
    }

    /** What the model can't fill is told before the first training. */
    private void requireFilled() {
        for (int i = 0; i < task.templates().size(); i++) {
            method.untrained(task.withTemplate(i)).close();
        }
    }

    private FinishedStep step(
            PlanRun plan,
            PlanDisplay display,
            WorkPlan work,
            int template,
            TrainingOptions options,
            LabeledValues train,
            LabeledValues dev) {
        LabelTask one = task.withTemplate(template);
        Map<String, String> inputs = TrainingInputs.of(one, options, train, dev);
        inputs.putAll(more);
        String title = work.trainingNumber(name(template)) + " of " + work.trainings() + ", \""
                + one.templates().get(0).text() + "\"";
        return plan.step(name(template), inputs, (result, scratch) -> {
            StepTraining training = new StepTraining(
                    plan,
                    request.training(),
                    display.of(title, work.updatesBefore(name(template))),
                    options.checkpointFolder() == null ? null : scratch);
            train(one, training, train, dev, result);
        });
    }

    private void train(LabelTask one, StepTraining training, LabeledValues train, LabeledValues dev, Path result)
            throws IOException {
        TuningRequest<LabelProduct> own =
                new TuningRequest<>(training.request(), request.unlabeled(), TuningRequest.Rescue.none());
        TuningResult<LabelProduct> trained = tuned(one, own, train, dev, result);
        if (trained != null) {
            try (LabelProduct product = trained.product()) {
                training.requireWhole();
                SavedMember.write(result, new TuningResult<>(product, trained.training()));
            }
        }
    }

    /** Nothing where it diverged, which is then written down. */
    private @Nullable TuningResult<LabelProduct> tuned(
            LabelTask one, TuningRequest<LabelProduct> own, LabeledValues train, LabeledValues dev, Path result)
            throws IOException {
        try {
            return method.tune(one, train, dev, own);
        } catch (ClozeException e) {
            SavedMember.writeDiverged(result, StepTraining.diverged(e));
            return null;
        }
    }

    private TuningResult<LabelProduct> together(List<FinishedStep> steps, TrainingOptions options) {
        List<EnsembleMember> members = new ArrayList<>();
        Map<String, Double> metrics = new TreeMap<>();
        DataHash hash = new DataHash();
        List<String> diverged = new ArrayList<>();
        try {
            for (int i = 0; i < steps.size(); i++) {
                LabelTask one = task.withTemplate(i);
                FinishedStep step = steps.get(i);
                SavedMember saved = SavedMember.read(step);
                if (!saved.diverged().isEmpty()) {
                    diverged.add(saved.diverged());
                    LOG.warn(
                            "The training with \"{}\" diverged, and the others go on without it: {}",
                            one.templates().get(0).text(),
                            saved.diverged());
                    continue;
                }
                members.add(new EnsembleMember(saved.open(step, product -> method.read(one, product)), 1));
                hash.add(step.hash());
                String suffix = " of template " + (i + 1);
                Objects.requireNonNull(saved.training())
                        .metrics()
                        .forEach((metric, value) -> metrics.put(metric + suffix, value));
            }
            if (members.isEmpty()) {
                throw new ClozeException(
                        Problem.TRAINING_DIVERGED,
                        "The trainings with all " + steps.size()
                                + " templates diverged, so that nothing is left to answer.\n  "
                                + diverged.get(0).strip());
            }
            return new TuningResult<>(
                    EnsembleProduct.of(members),
                    new TrainingRecord(options.seed(), options.values(), hash.hex(), metrics));
        } catch (RuntimeException | Error e) {
            members.forEach(member -> member.product().close());
            throw e;
        }
    }
}
