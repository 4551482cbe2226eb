package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.tuning.AnsweredValues;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.ClozeStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.WordProduct;
import dev.cloze.runtime.tuning.WordTask;
import dev.cloze.runtime.tuning.ensemble.MemberTrainings.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A training for each template of a task, each as if the task had that template alone; what comes of them answers together, by the
 * mean of their scores (Gao et al. 2021, LM-BFF, arXiv 2012.15723, ensembles of templates).
 */
public final class TemplateTrainings {

    private TemplateTrainings() {}

    /**
     * Trainings for labels.
     *
     * @param method which tunes and reads tasks of one template
     * @param more what else its trainings depend on, by name
     */
    public static TuningResult<LabelProduct> tune(
            ClassificationStrategy method,
            LabelTask task,
            LabeledValues train,
            LabeledValues dev,
            TuningRequest<LabelProduct> request,
            Map<String, String> more) {
        TrainingOptions options = request.training().options(task.tuning(), TrainingOptions.defaults(), dev.isEmpty());
        List<LabelTask> each = IntStream.range(0, task.templates().size())
                .mapToObj(task::withTemplate)
                .toList();
        // What the model can't fill is told before the first training.
        each.forEach(one -> method.untrained(one).close());
        LabelMembers members = new LabelMembers(train, dev, method::tune, method::read);
        return tune(task, each, members, request, options, more);
    }

    /** Trainings for words. */
    public static TuningResult<WordProduct> tune(
            ClozeStrategy method,
            WordTask task,
            AnsweredValues train,
            AnsweredValues dev,
            TuningRequest<WordProduct> request) {
        TrainingOptions options = request.training().options(task.tuning(), TrainingOptions.defaults(), dev.isEmpty());
        List<WordTask> each = IntStream.range(0, task.labels().templates().size())
                .mapToObj(task::withTemplate)
                .toList();
        each.forEach(one -> method.untrained(one).close());
        return tune(task.labels(), each, new WordMembers(method, train, dev), request, options, Map.of());
    }

    private static <K, P extends Product> TuningResult<P> tune(
            LabelTask whole,
            List<K> each,
            MemberKind<K, P> kind,
            TuningRequest<P> request,
            TrainingOptions options,
            Map<String, String> more) {
        List<Member<K>> members = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            String title = "\"" + whole.templates().get(i).text() + "\"";
            members.add(new Member<>(title, each.get(i), UnaryOperator.identity()));
        }
        return new MemberTrainings<>(members, kind, "template", Tally.SCORES, request, more).tune(options);
    }
}
