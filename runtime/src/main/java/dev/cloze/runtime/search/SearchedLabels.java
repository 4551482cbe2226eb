package dev.cloze.runtime.search;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.classification.ClassifierTraining;
import dev.cloze.runtime.classification.Session;
import dev.cloze.runtime.data.ExampleChecks;
import dev.cloze.runtime.data.TrainingSet;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.plan.TrainingInputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A classification that is searched for.
 *
 * @param examples to be trained on
 * @param development other examples, or none
 */
public record SearchedLabels<I, L>(
        ClassificationTask<I, L> task, List<Labeled<I, L>> examples, List<Labeled<I, L>> development)
        implements SearchedTask {

    private static final Logger LOG = LoggerFactory.getLogger(SearchedLabels.class);

    @Override
    public TaskKind kind() {
        return TaskKind.CLASSIFICATION;
    }

    @Override
    public LabelTask labels() {
        return LabelTask.of(task);
    }

    @Override
    public void check() {
        List<L> labels = List.copyOf(task.labels().keySet());
        TrainingSet.check(examples, labels).remarks().forEach(remark -> LOG.warn("{}: {}", task.name(), remark));
        ExampleChecks.complete(development, labels, "development example");
    }

    @Override
    public boolean isRanked() {
        return !development.isEmpty();
    }

    @Override
    public LabeledValues train() {
        return LabeledValues.of(task, examples, "training example");
    }

    @Override
    public WordFit fit() {
        return WordFit.accuracy(train().labels());
    }

    @Override
    public SearchedLabels<I, L> withWords(List<List<String>> words) {
        return with(task.withWords(byLabel(words)));
    }

    /** Words by their labels. */
    public Map<L, List<String>> byLabel(List<List<String>> words) {
        Map<L, List<String>> byLabel = new LinkedHashMap<>();
        task.labels().keySet().forEach(label -> byLabel.put(label, words.get(byLabel.size())));
        return byLabel;
    }

    @Override
    public SearchedLabels<I, L> withTemplate(String text) {
        Map<L, List<String>> words = task.templates().get(0).words();
        return with(task.withTemplates(List.of(new DeclaredTemplate<>(text, words))));
    }

    private SearchedLabels<I, L> with(ClassificationTask<I, L> other) {
        return new SearchedLabels<>(other, examples, development);
    }

    @Override
    public Map<String, String> inputs(TrainingOptions options) {
        return TrainingInputs.of(
                labels(), options, train(), LabeledValues.of(task, development, "development example"));
    }

    /** What its evaluations say; where it made none, or none of all its models together, what it answers afterwards. */
    @Override
    public double devScore(TrainingRequest request) {
        Session<I, L> session =
                new ClassifierTraining<>(task, request).withoutRescue().run(examples, development);
        try (ClassificationPipeline<I, L> pipeline = new ClassificationPipeline<>(session)) {
            Double measured = session.training().metrics().get("dev accuracy");
            return measured == null ? pipeline.evaluate(development).accuracy() : measured;
        }
    }
}
