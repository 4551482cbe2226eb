package dev.cloze.runtime.tuning.patterns;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.TrainingListener.StopReason;
import dev.cloze.runtime.TrainingListener.TrainingEnded;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.training.TrainingLoop;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.MaskAnswers;
import dev.cloze.runtime.tuning.mask.MaskTraining;
import dev.cloze.runtime.tuning.patterns.PatternModel.Outcome;
import dev.cloze.runtime.tuning.plan.StepTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The training of one model on one template, as a step of the plan: what it leaves is what it says of the texts, or its weights. */
final class PatternTraining {

    private final PatternRun run;
    private final String name;
    private final CompiledTask compiled;
    private final TrainingOptions options;
    private final boolean keepsWeights;

    /** @param keepsWeights whether it leaves its weights rather than what it says of the unlabelled texts */
    PatternTraining(PatternRun run, String name, CompiledTask compiled, TrainingOptions options, boolean keepsWeights) {
        this.run = run;
        this.name = name;
        this.compiled = compiled;
        this.options = options;
        this.keepsWeights = keepsWeights;
    }

    PatternModel run(int pattern, LabeledValues train, LabeledValues dev) {
        MaskTraining training = new MaskTraining(run.model(), compiled, train, dev, options.loss());
        Map<String, String> inputs = new LinkedHashMap<>(options.values());
        inputs.putAll(training.identity());
        inputs.put("kept", keepsWeights ? "weights" : "scores");
        inputs.put("unlabeled texts", run.unlabeledHash());
        var step = run.plan().step(name, inputs, (result, scratch) -> train(training, result, scratch));
        return new PatternModel(name, pattern, step, Outcome.read(step));
    }

    private void train(MaskTraining training, Path result, Path scratch) throws IOException {
        TrainingOptions own = run.checkpointed(options, scratch);
        try (FullTuning tuning = new FullTuning(
                run.model().backbone(), run.objective(compiled, training, options), own, training::devAccuracy)) {
            TrainingEnded ended = new TrainingLoop(own, training.data(), run.listeners(name)).run(tuning);
            if (ended.reason() == StopReason.INTERRUPTED) {
                throw run.plan().stopped(null);
            }
            double accuracy = ended.best().map(best -> best.score()).orElse(Double.NaN);
            try (Backbone tuned = tuning.tuned()) {
                leave(tuned, result);
            }
            new Outcome(accuracy, "").write(result);
        } catch (ClozeException e) {
            new Outcome(Double.NaN, StepTraining.diverged(e)).write(result);
        }
    }

    private void leave(Backbone tuned, Path result) throws IOException {
        if (keepsWeights) {
            SafetensorsWriter.write(result.resolve(PatternModel.WEIGHTS), tuned.tensors(), Map.of());
        } else {
            run.score(name, result.resolve(PatternModel.SCORES), MaskAnswers.uncalibrated(compiled, tuned));
        }
    }
}
