package dev.cloze.runtime.tuning.multitask;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.AdapterWriter;
import dev.cloze.runtime.adapter.MultitaskAdapter;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.RescuingLoop;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.SourceTask;
import dev.cloze.runtime.tuning.exchange.VirtualTokenExchange;
import dev.cloze.runtime.tuning.leading.LeadingTokens;
import dev.cloze.runtime.tuning.loop.TaskExamples;
import dev.cloze.runtime.tuning.mask.SourceExamples;
import dev.cloze.runtime.tuning.soft.JointTuning;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import dev.cloze.runtime.tuning.soft.SoftForm;
import dev.cloze.runtime.tuning.soft.StartVectors;
import dev.cloze.runtime.tuning.writing.SourcePairs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The training of one prompt on several tasks, which becomes an adapter of PEFT's. */
final class SharedTraining {

    private final LanguageModel model;
    private final TrainingOptions options;
    private final FactoredStart start;
    private final double teaching;

    SharedTraining(LanguageModel model, TrainingOptions options, FactoredStart start, double teaching) {
        this.model = model;
        this.options = options;
        this.start = start;
        this.teaching = teaching;
    }

    MultitaskAdapter run(List<SourceTask> sources, TrainingRequest request) {
        LeadingTokens tokens = new LeadingTokens(start.length());
        List<TaskExamples> examples =
                sources.stream().map(source -> examples(source, tokens)).toList();
        RescuingLoop loop = new RescuingLoop(options, data(sources, examples), request.heard(), metric(sources));
        try (FactoredPrompts prompts = FactoredTraining.prompts(model, start, sources.size());
                Teachers teachers = new Teachers();
                JointTuning tuning = new JointTuning(
                        model.backbone(),
                        tokens.form(model),
                        parts(sources, examples, prompts, teachers),
                        prompts.groups(options, FactoredTraining.faster(options)))) {
            loop.run(tuning, folder -> AdapterWriter.write(folder, adapter(sources, tuning)));
            return adapter(sources, tuning);
        }
    }

    private TaskExamples examples(SourceTask source, LeadingTokens tokens) {
        if (source instanceof SourceTask.OfTexts texts) {
            return new SourcePairs(
                    model, tokens.compiled(texts.task(), model), texts.train(), texts.dev(), options.compat());
        }
        SourceTask.OfLabels labels = (SourceTask.OfLabels) source;
        return SourceExamples.of(
                model, tokens.compiled(labels.task(), model), labels.train(), labels.dev(), options.loss());
    }

    /** Of texts it is no accuracy that the best weights are chosen by. */
    private static String metric(List<SourceTask> sources) {
        return sources.stream().allMatch(SourceTask.OfLabels.class::isInstance)
                ? "mean dev accuracy"
                : "mean dev accuracy and probability of a token";
    }

    private List<JointTuning.Part> parts(
            List<SourceTask> sources, List<TaskExamples> examples, FactoredPrompts prompts, Teachers teachers) {
        List<JointTuning.Part> parts = new ArrayList<>();
        for (int t = 0; t < sources.size(); t++) {
            SourceTask source = sources.get(t);
            TaskExamples own = examples.get(t);
            ToDoubleFunction<Backbone> score = source.hasDev() ? own.devScore() : backbone -> 0;
            parts.add(new JointTuning.Part(
                    prompts.of(t),
                    source.teacher().isEmpty()
                            ? own.objective()
                            : own.objective(teachers.add(source.teacher()), teaching),
                    own.size(),
                    score));
        }
        return parts;
    }

    /** The models that teach, which are the shared one behind other virtual tokens. */
    private final class Teachers implements AutoCloseable {

        private final List<SoftBackbone> all = new ArrayList<>();

        Backbone add(List<float[]> rows) {
            SoftForm form = new LeadingTokens(rows.size()).form(model);
            SoftBackbone teacher =
                    SoftBackbone.over(model.backbone(), form, (memory, slot) -> StartVectors.array(memory, rows));
            all.add(teacher);
            return teacher;
        }

        @Override
        public void close() {
            all.forEach(SoftBackbone::close);
        }
    }

    /** What a checkpoint has to agree with: everything of every task, and what its teacher says. */
    private TrainingTask data(List<SourceTask> sources, List<TaskExamples> examples) {
        Map<String, String> identity = new LinkedHashMap<>();
        double cut = 0;
        int all = 0;
        for (int t = 0; t < sources.size(); t++) {
            SourceTask source = sources.get(t);
            TaskExamples own = examples.get(t);
            own.identity().forEach((key, value) -> identity.put(source.name() + ": " + key, value));
            int teacher = source.teacher().stream()
                    .map(java.util.Arrays::hashCode)
                    .toList()
                    .hashCode();
            identity.put(source.name() + ": teacher", Integer.toHexString(teacher));
            cut += own.cutShare() * own.size();
            all += own.size();
        }
        identity.put("teaching", Double.toString(teaching));
        identity.putAll(start.identity());
        return new TrainingTask(all, cut / all, identity);
    }

    private MultitaskAdapter adapter(List<SourceTask> sources, JointTuning tuning) {
        FactoredShape shape = start.shape(model, sources.size());
        return tuning.weights().frozen(weights -> {
            Map<String, float[]> numbers = new HashMap<>();
            weights.forEach((slot, array) -> numbers.put(name(slot), floats(array)));
            int tasks = shape.tasks();
            int length = shape.tokens().count();
            int size = shape.tokens().size();
            List<WeightSlot> columns = new ArrayList<>();
            List<WeightSlot> rows = new ArrayList<>();
            for (int t = 0; t < tasks; t++) {
                columns.add(shape.columns(t));
                rows.add(shape.rows(t));
            }
            return new MultitaskAdapter(
                    model.folder().path(),
                    VirtualTokenExchange.config(model, length, size).ofTasks(tasks, shape.rank()),
                    Tensor.of(joined(List.of(shape.shared()), numbers), length, size),
                    Tensor.of(joined(columns, numbers), tasks, length, shape.rank()),
                    Tensor.of(joined(rows, numbers), tasks, shape.rank(), size),
                    sources.stream().map(SourceTask::name).toList(),
                    model.identity().weightsHash());
        });
    }

    private static String name(WeightSlot slot) {
        return slot.parts().get(0);
    }

    private static float[] floats(NDArray array) {
        return array.toFloatArray();
    }

    private static float[] joined(List<WeightSlot> slots, Map<String, float[]> numbers) {
        List<float[]> parts = slots.stream()
                .map(slot -> Objects.requireNonNull(numbers.get(name(slot))))
                .toList();
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
