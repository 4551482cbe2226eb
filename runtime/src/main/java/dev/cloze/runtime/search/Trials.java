package dev.cloze.runtime.search;

import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.search.TrialTraining.Outcome;
import dev.cloze.runtime.training.PlanDisplay;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.plan.PlanRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tunes with the candidates of a search, one after the other, and ranks them by their score on development examples. Each
 * that was tried is on disk where the run has a folder; one with which the training diverges is told and left out. The model
 * is loaded once for all of them.
 */
public final class Trials implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

    private final SearchedTask task;
    private final TrainingOptions options;
    private final PlanRun plan;
    private final PlanDisplay display;
    private final TrialTraining training;
    private final Map<String, String> common;
    private @Nullable LanguageModel model;

    /**
     * Trials of a task.
     *
     * @param request how each is tuned with
     * @param options the same in force, but for what the method chooses
     */
    public Trials(
            SearchedTask task, TrainingRequest request, TrainingOptions options, PlanRun plan, PlanDisplay display) {
        this.task = task;
        this.options = options;
        this.plan = plan;
        this.display = display;
        this.training = new TrialTraining(request, plan);
        this.common = task.inputs(options);
    }

    /** Optimizer steps with a candidate at most: those of a model for each template, or of each of several prompts. */
    public static long steps(int templates, TrainingOptions options) {
        int prompts = options.isSet(PromptTuningOptions.PROMPTS) ? options.get(PromptTuningOptions.PROMPTS) : 1;
        return (long) templates * prompts * options.maxSteps();
    }

    /**
     * Tunes with each.
     *
     * @param trials with equally many templates each
     * @param name of their steps, before their number
     * @param noun what they are, several of them
     * @param before what the display counts before the first
     * @return those that did not diverge, at least one, the best first; of equally good ones the one that stands first
     */
    public List<Ranked> run(List<Trial> trials, String name, String noun, long before) {
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            String title = (i + 1) + " of " + trials.size() + ", " + trial.title();
            long done = before + i * steps(trial.task().labels().templates().size(), options);
            Outcome outcome = outcome(trial, name + "-" + (i + 1), title, done);
            if (outcome.diverged().isEmpty()) {
                LOG.info("{} has {} on the development set", title, outcome.devScore());
                ranked.add(new Ranked(i, outcome.devScore()));
            } else {
                LOG.warn("The training with {} diverged, and it is left out: {}", title, outcome.diverged());
            }
        }
        if (ranked.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_DIVERGED,
                    "The trainings with all " + noun + " diverged, so that none is left.\n  Lower the learning rate.");
        }
        ranked.sort(Comparator.comparingDouble((Ranked one) -> -one.devScore()));
        return ranked;
    }

    private Outcome outcome(Trial trial, String step, String title, long done) {
        Map<String, String> inputs = new TreeMap<>(common);
        inputs.putAll(trial.inputs());
        var finished = plan.step(step, inputs, (result, scratch) -> {
            if (model == null) {
                model = LanguageModel.open(task.labels().tuning());
            }
            training.write(
                    trial.task(), display.of(title, done), result, options.checkpointFolder() == null ? null : scratch);
        });
        return FoundFile.read(finished, Outcome.class);
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
    }
}
