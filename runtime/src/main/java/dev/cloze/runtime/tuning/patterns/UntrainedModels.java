package dev.cloze.runtime.tuning.patterns;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.MaskAnswers;
import dev.cloze.runtime.tuning.patterns.PatternModel.Outcome;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import dev.cloze.runtime.tuning.plan.StepTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model as it is, asked by each template, as if it had been trained. */
final class UntrainedModels {

    private static final Logger LOG = LoggerFactory.getLogger(UntrainedModels.class);

    private final PatternRun run;

    UntrainedModels(PatternRun run) {
        this.run = run;
    }

    /** One for each template and repetition, without those of templates by which it says no numbers; at least one. */
    List<PatternModel> all() {
        List<FinishedStep> steps = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int pattern = 0; pattern < run.patterns(); pattern++) {
            steps.add(asked(pattern));
            outcomes.add(Outcome.read(steps.get(pattern)));
            if (!outcomes.get(pattern).isSound()) {
                LOG.warn(
                        "The untrained model says no numbers by template {}, and the others go on without it: {}",
                        pattern + 1,
                        outcomes.get(pattern).diverged());
            }
        }
        if (outcomes.stream().noneMatch(Outcome::isSound)) {
            throw new ClozeException(
                    Problem.MODEL_NOT_FINITE,
                    "The untrained model says no numbers by any template, so that there is nothing to begin with.\n  "
                            + outcomes.get(0).diverged().strip());
        }
        List<PatternModel> models = new ArrayList<>();
        int repetitions = run.models() / run.patterns();
        for (int i = 0; i < run.models(); i++) {
            int pattern = i / repetitions;
            models.add(new PatternModel(
                    "untrained-pattern-" + run.suffix(i), pattern, steps.get(pattern), outcomes.get(pattern)));
        }
        return models.stream().filter(PatternModel::isSound).toList();
    }

    private FinishedStep asked(int pattern) {
        CompiledTask compiled = run.pattern(pattern);
        Map<String, String> inputs = Map.of(
                "template", compiled.identity().toString(),
                "backbone", run.model().folder().weightsHash(),
                "tokenizer", run.model().folder().tokenizerHash(),
                "maxLength", Integer.toString(compiled.template().maxLength()),
                "multiTokenWords", run.task().multiTokenWords().name(),
                "unlabeled texts", run.unlabeledHash());
        String name = "untrained-" + (pattern + 1);
        return run.plan().step(name, inputs, (result, scratch) -> ask(name, compiled, result));
    }

    private void ask(String name, CompiledTask compiled, Path result) throws IOException {
        String diverged = "";
        try {
            run.score(
                    name,
                    result.resolve(PatternModel.SCORES),
                    MaskAnswers.uncalibrated(compiled, run.model().backbone()));
        } catch (ClozeException e) {
            diverged = StepTraining.diverged(e);
        }
        new Outcome(Double.NaN, diverged).write(result);
    }
}
