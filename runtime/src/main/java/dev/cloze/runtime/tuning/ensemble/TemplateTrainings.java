package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ensemble.MemberTrainings.Member;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A training for each template of a task, each as if the task had that template alone; what comes of them answers together, by the
 * mean of their scores (Gao et al. 2021, LM-BFF, arXiv 2012.15723, ensembles of templates).
 */
public final class TemplateTrainings {

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
        List<LabelTask> each = IntStream.range(0, task.templates().size())
                .mapToObj(task::withTemplate)
                .toList();
        // What the model can't fill is told before the first training.
        each.forEach(one -> method.untrained(one).close());
        List<Member> members = each.stream()
                .map(one -> new Member("\"" + one.templates().get(0).text() + "\"", one, UnaryOperator.identity()))
                .toList();
        return new MemberTrainings(members, "template", Tally.SCORES, request, more)
                .tune(options, train, dev, method::tune, method::read);
    }
}
