package dev.cloze.runtime.tuning.ipet;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.patterns.PatternProduct;
import dev.cloze.runtime.tuning.patterns.PatternResult;
import dev.cloze.runtime.tuning.patterns.PatternRun;
import dev.cloze.runtime.tuning.patterns.PatternStrategy;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import java.util.List;

/**
 * Tunes as PET, but in generations: each model of the next learns from more texts, which others of the generation before labelled
 * (Schick and Schütze 2021, arXiv 2001.07676, section 3.4).
 *
 * <p>Prefer it to PET where there are very few labelled examples, or none: then the first generation learns from what the
 * untrained model says.
 */
@AutoService(Strategy.class)
public final class IpetStrategy extends PatternStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.IPET;
    }

    @Override
    public boolean needsExamples() {
        return false;
    }

    @Override
    public void check(LabelTask task, TrainingRequest request) {
        new IpetPlan(task, PatternProduct.options(task, request), false).check();
    }

    @Override
    protected TuningResult<LabelProduct> run(
            LabelTask task,
            LabeledValues train,
            LabeledValues dev,
            TuningRequest<LabelProduct> request,
            boolean ensemble) {
        try (LanguageModel model = LanguageModel.open(task.tuning())) {
            TrainingOptions options = PatternProduct.options(task, request.training(), model, dev.isEmpty());
            IpetPlan plan = new IpetPlan(task, options, ensemble);
            plan.check();
            try (PatternRun run =
                    new PatternRun(task, model, options, request, plan.work(), plan::labels, List.of(train, dev))) {
                Generations generations = new Generations(
                        run, train, dev, LabelOrder.of(task.labels()).names());
                generations.check();
                return ensemble
                        ? PatternResult.ensemble(run, generations.last(true), train)
                        : PatternResult.classifier(run, () -> generations.last(false), train, dev);
            }
        }
    }
}
