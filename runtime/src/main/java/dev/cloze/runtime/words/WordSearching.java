package dev.cloze.runtime.words;

import dev.cloze.runtime.FoundWords;
import dev.cloze.runtime.FoundWords.Choice;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.WordSearch;
import dev.cloze.runtime.data.ExampleChecks;
import dev.cloze.runtime.data.TrainingSet;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.search.FoundFile;
import dev.cloze.runtime.search.RankingMethods;
import dev.cloze.runtime.search.Trial;
import dev.cloze.runtime.search.Trials;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.training.PlanDisplay;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.plan.PlanRun;
import dev.cloze.runtime.tuning.plan.TrainingInputs;
import dev.cloze.runtime.words.WordFinding.Found;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches words for a task's labels, and tunes with those of the best combinations where there are examples to rank by. What is
 * found and each set that was tried is on disk where the run has a folder, and a search that is stopped goes on from there.
 */
public final class WordSearching<I, L> {

    private static final Logger LOG = LoggerFactory.getLogger(WordSearching.class);

    private final ClassificationTask<I, L> task;
    private final LabelTask labelTask;
    private final WordSearch search;
    private final TrainingRequest request;
    private final List<L> labels;

    /**
     * A search.
     *
     * @param request how each set of words is tuned with
     */
    public WordSearching(ClassificationTask<I, L> task, WordSearch search, TrainingRequest request) {
        this.task = task;
        this.labelTask = LabelTask.of(task);
        this.search = search;
        this.request = request;
        this.labels = List.copyOf(task.labels().keySet());
    }

    /**
     * Searches.
     *
     * @param dev empty to tune nothing
     */
    public FoundWords<L> run(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        boolean isRanked = !dev.isEmpty() && search.kind() == WordSearch.Kind.COMBINATION;
        if (isRanked) {
            RankingMethods.require(
                    task.tuning().method(),
                    "Sets of label words",
                    "Or give no development examples: then nothing is tuned, and any method will do.");
        }
        TrainingSet.check(train, labels).remarks().forEach(remark -> LOG.warn("{}: {}", task.name(), remark));
        ExampleChecks.complete(dev, labels, "development example");
        TrainingOptions options = request.options(task.tuning(), TrainingOptions.defaults(), !isRanked);
        long asking = asking(train.size(), options);
        long most = asking + (isRanked ? search.kept() * steps(options) : 0);
        try (PlanRun plan = PlanRun.open(options.checkpointFolder());
                PlanDisplay display = new PlanDisplay(most, said(isRanked, options), request.quiet())) {
            List<Found> found = found(plan, display, options, train);
            if (!isRanked) {
                return new FoundWords<>(
                        task.labelType(),
                        found.stream()
                                .map(one -> choice(one, OptionalDouble.empty()))
                                .toList());
            }
            display.total(asking + found.size() * steps(options));
            try (Trials<I, L> trials = new Trials<>(task, request, options, plan, display, train, dev)) {
                return ranked(trials, found, asking);
            }
        }
    }

    private String said(boolean isRanked, TrainingOptions options) {
        return "Words are sought"
                + (isRanked
                        ? ", and at most " + search.kept() + " sets of them are tuned with for " + options.maxSteps()
                                + " steps"
                        : "");
    }

    private long steps(TrainingOptions options) {
        return Trials.steps(task.templates().size(), options);
    }

    /** What asking counts beside optimiser steps: a step for every batch that is read. */
    private long asking(int examples, TrainingOptions options) {
        long asked = (long) examples * WordFinding.asked(labelTask, search);
        return (asked + options.batchSize() - 1) / options.batchSize();
    }

    private List<Found> found(PlanRun plan, PlanDisplay display, TrainingOptions options, List<Labeled<I, L>> train) {
        LabeledValues values = LabeledValues.of(task, train, "training example");
        var step = plan.step("words", inputs(values), (result, scratch) -> {
            long[] asked = {0};
            try (LanguageModel model = LanguageModel.open(task.tuning())) {
                WordFinding finding = new WordFinding(model, labelTask, values, search, more -> {
                    asked[0] += more;
                    display.at("asking about words", asked[0] / options.batchSize());
                    plan.requireRunning(null);
                });
                FoundFile.write(result, finding.found());
            }
        });
        return List.of(FoundFile.read(step, Found[].class));
    }

    /** What the words that are found depend on. */
    private Map<String, String> inputs(LabeledValues train) {
        Map<String, String> inputs = TrainingInputs.of(labelTask);
        inputs.put("template", templates());
        inputs.put("kind", search.kind().name());
        inputs.put("wordsPerLabel", Integer.toString(search.wordsPerLabel()));
        inputs.put("candidates", Integer.toString(search.candidates()));
        inputs.put("vocabulary", Integer.toString(search.vocabulary()));
        inputs.put("nearest", Integer.toString(search.nearest()));
        inputs.put("kept", Integer.toString(search.kept()));
        inputs.put("training data", TrainingInputs.hash(train));
        return inputs;
    }

    private String templates() {
        return task.templates().stream().map(DeclaredTemplate::text).toList().toString();
    }

    private FoundWords<L> ranked(Trials<I, L> trials, List<Found> found, long asking) {
        return new FoundWords<>(
                task.labelType(),
                trials.run(found.stream().map(this::trial).toList(), "words", "sets of words", asking).stream()
                        .map(one -> choice(found.get(one.place()), OptionalDouble.of(one.devAccuracy())))
                        .toList());
    }

    private Trial<I, L> trial(Found found) {
        Map<L, List<String>> words = words(found);
        return new Trial<>(
                words.toString(),
                task.withWords(words),
                Map.of("template", templates(), "words", found.words().toString()));
    }

    private Choice<L> choice(Found found, OptionalDouble devAccuracy) {
        return new Choice<>(words(found), found.trainAccuracy(), devAccuracy);
    }

    private Map<L, List<String>> words(Found found) {
        Map<L, List<String>> words = new LinkedHashMap<>();
        for (int label = 0; label < labels.size(); label++) {
            words.put(labels.get(label), found.words().get(label));
        }
        return words;
    }
}
