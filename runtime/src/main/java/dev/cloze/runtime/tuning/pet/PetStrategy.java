package dev.cloze.runtime.tuning.pet;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
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
import java.util.Collections;
import java.util.List;

/**
 * Tunes models of several templates, has them label texts that have no label, and trains one classifier on these soft labels:
 * pattern-exploiting training (Schick and Schütze 2021, arXiv 2001.07676, section 3).
 *
 * <p>Prefer it where labelled examples are few and texts without a label are many: no template has to be the best one, and what
 * comes of it is as fast as any classifier.
 */
@AutoService(Strategy.class)
public final class PetStrategy extends PatternStrategy {

    private static final String MODELS = "pattern-";

    @Override
    public TuningMethod method() {
        return TuningMethod.PET;
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
            PetPlan plan = new PetPlan(task.templates().size(), options, ensemble);
            try (PatternRun run = new PatternRun(
                    task, model, options, request, plan.work(MODELS), plan::labels, List.of(train, dev))) {
                run.requireTexts(!ensemble);
                return ensemble
                        ? PatternResult.ensemble(run, run.train(MODELS, examples(run, train), dev, true), train)
                        : PatternResult.classifier(
                                run, () -> run.train(MODELS, examples(run, train), dev, false), train, dev);
            }
        }
    }

    /** All models learn from the same examples. */
    private static List<LabeledValues> examples(PatternRun run, LabeledValues train) {
        return Collections.nCopies(run.models(), train);
    }
}
