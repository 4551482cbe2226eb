package dev.cloze.runtime.tuning.promptfinetuning;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.RescuingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.EncodedInputs;
import dev.cloze.runtime.tuning.mask.LabelObjective;
import dev.cloze.runtime.tuning.mask.LabelProjection;
import dev.cloze.runtime.tuning.mask.MaskAnswers;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import dev.cloze.runtime.tuning.mask.TrainingExamples;
import dev.cloze.runtime.tuning.mask.WrittenWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run on labelled examples: encodes them, drives the loop, and keeps what came of it. */
final class ClassificationTuning {

    private final LanguageModel model;
    private final CompiledTask compiled;
    private final TrainingOptions options;
    private final TuningRequest<LabelProduct> request;

    ClassificationTuning(
            LanguageModel model, CompiledTask compiled, TrainingOptions options, TuningRequest<LabelProduct> request) {
        this.model = model;
        this.compiled = compiled;
        this.options = options;
        this.request = request;
    }

    /** The product takes over the model's lease. */
    TuningResult<LabelProduct> run(LabeledValues train, LabeledValues dev) {
        EncodedInputs texts = new EncodedInputs(compiled, train.inputs());
        String dataHash = dataHash(texts.apply(1), train.labels());
        // What has no room at the longest word's masks is told now, not by the first evaluation.
        compiled.encode(dev.inputs(), compiled.verbalizer().masks());
        String devHash = dataHash(compiled.encode(dev.inputs(), 1), dev.labels());
        Objective.Plan objective = objective(texts, train.labels());
        try (FullTuning tuning = new FullTuning(
                model.backbone(),
                objective,
                options,
                backbone -> dev.accuracy(MaskAnswers.uncalibrated(compiled, backbone)))) {
            TrainingTask data = new TrainingTask(train.size(), texts.cutShare(), identity(dataHash, devHash));
            RescuingLoop loop =
                    new RescuingLoop(options, data, request.training().heard(), "dev accuracy");
            loop.run(tuning, folder -> {
                Backbone weights = tuning.tuned();
                try (MaskProduct best = MaskProduct.uncalibrated(model.shared(), compiled, weights)) {
                    request.rescue().save(best, loop.record(dataHash), folder);
                }
            });
            return new TuningResult<>(MaskProduct.of(model, compiled, tuning.tuned()), loop.record(dataHash));
        }
    }

    /** A model that writes text is asked for words of several tokens as texts; one with masks, at so many masks. */
    private Objective.Plan objective(EncodedInputs texts, int[] labels) {
        if (compiled.verbalizer().isJoint() && model.backbone() instanceof TextBackbone) {
            return LabelObjective.byWriting(new WrittenWords(model, compiled.verbalizer()).targets(texts), labels);
        }
        List<LabelProjection> projections = LabelProjection.of(compiled.verbalizer());
        List<List<TokenRow>> rows = projections.stream()
                .map(projection -> texts.apply(projection.masks()).stream()
                        .map(ModelTemplate::row)
                        .toList())
                .toList();
        return LabelObjective.atMasks(projections, new TrainingExamples(rows, labels));
    }

    /** Each example is its label, its length, and the id and segment of each token. */
    private static String dataHash(List<EncodedText> texts, int[] labels) {
        DataHash hash = new DataHash();
        for (int i = 0; i < labels.length; i++) {
            EncodedText text = texts.get(i);
            hash.add(labels[i], text.length());
            for (int t = 0; t < text.length(); t++) {
                hash.add(text.ids()[t], text.segmentIds()[t]);
            }
        }
        return hash.hex();
    }

    private Map<String, String> identity(String dataHash, String devHash) {
        LabelTask task = compiled.task();
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("task", task.name());
        identity.put("template", compiled.identity().text());
        identity.put("labels", task.templates().get(0).words().toString());
        identity.put("multiTokenWords", task.multiTokenWords().name());
        identity.put("maxLength", Integer.toString(compiled.template().maxLength()));
        identity.put("backbone", model.folder().weightsHash());
        identity.put("tokenizer", model.folder().tokenizerHash());
        identity.put("training data", dataHash);
        identity.put("development data", devHash);
        return identity;
    }
}
