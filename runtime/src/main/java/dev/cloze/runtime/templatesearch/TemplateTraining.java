package dev.cloze.runtime.templatesearch;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.classification.ClassifierTraining;
import dev.cloze.runtime.classification.Session;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.plan.PlanRun;
import dev.cloze.runtime.tuning.plan.StepTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A training with one of the templates found, as a step of the plan: it leaves how accurate it is, and nothing else. */
final class TemplateTraining<I, L> {

    private final ClassificationTask<I, L> task;
    private final TrainingRequest request;
    private final PlanRun plan;

    /** @param request how it is tuned */
    TemplateTraining(ClassificationTask<I, L> task, TrainingRequest request, PlanRun plan) {
        this.task = task;
        this.request = request;
        this.plan = plan;
    }

    /**
     * How a training went.
     *
     * @param devAccuracy of its best weights, 0 to 1; NaN where it diverged
     * @param diverged what was told, or an empty text where it did not diverge
     */
    record Outcome(double devAccuracy, String diverged) {}

    /** @param scratch for checkpoints; null for none */
    void write(
            String template,
            List<Labeled<I, L>> train,
            List<Labeled<I, L>> dev,
            TrainingListener display,
            Path result,
            @Nullable Path scratch)
            throws IOException {
        StepTraining step = new StepTraining(plan, request, display, scratch);
        try {
            double accuracy = accuracy(template, train, dev, step.request());
            step.requireWhole();
            WrittenFile.write(result, new Outcome(accuracy, ""));
        } catch (ClozeException e) {
            WrittenFile.write(result, new Outcome(Double.NaN, StepTraining.diverged(e)));
        }
    }

    /** What its evaluations say; where it made none, what it answers afterwards. */
    private double accuracy(String template, List<Labeled<I, L>> train, List<Labeled<I, L>> dev, TrainingRequest own) {
        DeclaredTemplate<L> declared =
                new DeclaredTemplate<>(template, task.templates().get(0).words());
        Session<I, L> session = new ClassifierTraining<>(task.withTemplates(List.of(declared)), own)
                .withoutRescue()
                .run(train, dev);
        try (ClassificationPipeline<I, L> pipeline = new ClassificationPipeline<>(session)) {
            Double measured = session.training().metrics().get("dev accuracy");
            return measured == null ? pipeline.evaluate(dev).accuracy() : measured;
        }
    }
}
