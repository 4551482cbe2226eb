package dev.cloze.runtime.multitask;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.classification.ClassifierTraining;
import dev.cloze.runtime.classification.Session;
import dev.cloze.runtime.data.DevelopmentOverlap;
import dev.cloze.runtime.data.ExampleChecks;
import dev.cloze.runtime.data.TrainingSet;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SourceTask;
import dev.cloze.runtime.tuning.Strategies;
import dev.cloze.runtime.tuning.soft.StartVectors;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A classification. */
public record LabelSource<I, L>(
        String name, ClassificationTask<I, L> declared, List<Labeled<I, L>> train, List<Labeled<I, L>> dev)
        implements Source {

    private static final Logger LOG = LoggerFactory.getLogger(LabelSource.class);

    public LabelSource {
        train = List.copyOf(train);
        dev = List.copyOf(dev);
    }

    @Override
    public TaskTuning tuning() {
        return declared.tuning();
    }

    @Override
    public LabelSource<I, L> withTuning(TaskTuning other) {
        return new LabelSource<>(name, declared.withTuning(other), train, dev);
    }

    @Override
    public boolean hasDev() {
        return !dev.isEmpty();
    }

    @Override
    public void check() {
        List<L> labels = List.copyOf(declared.labels().keySet());
        TrainingSet.check(train, labels).remarks().forEach(remark -> LOG.warn("{}: {}", name, remark));
        ExampleChecks.complete(dev, labels, "development example");
        Strategies.requireTemplates(
                declared.name(),
                TuningMethod.MULTITASK_PROMPT_TUNING,
                TaskKind.CLASSIFICATION,
                declared.templates().size());
    }

    @Override
    public List<float[]> alone(TrainingRequest request) {
        ClassificationTask<I, L> alone = declared.withTuning(tuning().withMethod(TuningMethod.PROMPT_TUNING));
        try (Session<I, L> session =
                new ClassifierTraining<>(alone, request).withoutRescue().run(train, dev)) {
            return StartVectors.rows(
                    Objects.requireNonNull(session.product().tensors().get(Adapter.VECTORS)));
        }
    }

    @Override
    public SourceTask task(List<float[]> teacher) {
        LabeledValues given = LabeledValues.of(declared, train, "training example");
        LabeledValues development = LabeledValues.of(declared, dev, "development example");
        DevelopmentOverlap.remark(given.inputs(), development.inputs())
                .ifPresent(remark -> LOG.warn("{}: {}", name, remark));
        return new SourceTask.OfLabels(name, LabelTask.of(declared), given, development, teacher);
    }
}
