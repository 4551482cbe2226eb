package dev.cloze.runtime.templatesearch;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.FoundTemplates;
import dev.cloze.runtime.FoundTemplates.Choice;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TemplateSearch;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.ExampleChecks;
import dev.cloze.runtime.data.TrainingSet;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.search.FoundFile;
import dev.cloze.runtime.search.RankingMethods;
import dev.cloze.runtime.search.Trial;
import dev.cloze.runtime.search.Trials;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.templatesearch.TemplateFinding.Found;
import dev.cloze.runtime.training.PlanDisplay;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.plan.PlanRun;
import dev.cloze.runtime.tuning.plan.TrainingInputs;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches templates for a task: has them written, and tunes with each where there are examples to rank by. Each template that
 * was tried is on disk where the run has a folder, and a search that is stopped goes on from there.
 */
public final class TemplateSearching<I, L> {

    private static final Logger LOG = LoggerFactory.getLogger(TemplateSearching.class);

    /** Forms of a template at most. */
    private static final int FORMS = 2;

    private final ClassificationTask<I, L> task;
    private final LabelTask labelTask;
    private final TemplateSearch search;
    private final TrainingRequest request;
    private final List<L> labels;

    /**
     * A search.
     *
     * @param request how each template is tuned with
     */
    public TemplateSearching(ClassificationTask<I, L> task, TemplateSearch search, TrainingRequest request) {
        this.task = task;
        this.labelTask = LabelTask.of(task);
        this.search = search;
        this.labels = List.copyOf(task.labels().keySet());
        this.request = new TrainingRequest(
                options -> search.steps().isPresent()
                        ? request.change()
                                .apply(options)
                                .withMaxSteps(search.steps().getAsInt())
                        : request.change().apply(options),
                request.listeners(),
                request.quiet());
    }

    /** Writes templates, the likeliest first, and tunes with none. */
    public FoundTemplates run(List<Labeled<I, L>> train) {
        check(train);
        TrainingOptions options = request.options(task.tuning(), TrainingOptions.defaults(), true);
        try (PlanRun plan = PlanRun.open(options.checkpointFolder());
                PlanDisplay display = new PlanDisplay(writing(), "Templates are written", request.quiet())) {
            return new FoundTemplates(written(plan, display, train).stream()
                    .map(found -> new Choice(found.text(), found.logLikelihood(), OptionalDouble.empty()))
                    .toList());
        }
    }

    /** Writes templates, tunes with each, and ranks them by their accuracy on the development examples. */
    public FoundTemplates run(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        requireRanking(dev);
        check(train);
        ExampleChecks.complete(dev, labels, "development example");
        TrainingOptions options = request.options(task.tuning(), TrainingOptions.defaults(), false);
        long most = writing() + search.candidates() * Trials.steps(1, options);
        String said = "Templates are written, and at most " + search.candidates() + " are tuned with for "
                + options.maxSteps() + " steps";
        try (PlanRun plan = PlanRun.open(options.checkpointFolder());
                PlanDisplay display = new PlanDisplay(most, said, request.quiet())) {
            List<Found> written = written(plan, display, train);
            display.total(writing() + written.size() * Trials.steps(1, options));
            return ranked(plan, display, options, written, train, dev);
        }
    }

    /** What writing counts beside optimiser steps. */
    private long writing() {
        return (long) FORMS * search.maxTokens();
    }

    private void check(List<Labeled<I, L>> train) {
        TrainingSet.check(train, labels).remarks().forEach(remark -> LOG.warn("{}: {}", task.name(), remark));
    }

    private void requireRanking(List<Labeled<I, L>> dev) {
        RankingMethods.require(
                task.tuning().method(),
                "Templates",
                "Or call searchTemplates(search, train), which tunes with none, for any method.");
        if (dev.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "There are no development examples to rank templates by.\n  Give some that are not among the training"
                            + " examples, as many as those; or call searchTemplates(search, train), which tunes with none.");
        }
    }

    private List<Found> written(PlanRun plan, PlanDisplay display, List<Labeled<I, L>> train) {
        LabeledValues values = LabeledValues.of(task, train, "training example");
        var step = plan.step(
                "templates",
                inputs(values),
                (result, scratch) -> FoundFile.write(result, written(plan, display, values)));
        return List.of(FoundFile.read(step, Found[].class));
    }

    /** What the templates that are written depend on. */
    private Map<String, String> inputs(LabeledValues train) {
        Map<String, String> inputs = TrainingInputs.of(labelTask);
        TrainingInputs.putModel(inputs, "writer", search.writer());
        inputs.put("beam", Integer.toString(search.beam()));
        inputs.put("maxTokens", Integer.toString(search.maxTokens()));
        inputs.put("candidates", Integer.toString(search.candidates()));
        inputs.put("training data", TrainingInputs.hash(train));
        return inputs;
    }

    private List<Found> written(PlanRun plan, PlanDisplay display, LabeledValues train) {
        try (LanguageModel writer = LanguageModel.open(search.writer());
                LanguageModel model = LanguageModel.open(task.tuning())) {
            LOG.info("{} writes templates for {}.", search.writer(), task.name());
            List<Found> found = new TemplateFinding(writer, labelTask, search).templates(model, train, token -> {
                display.at("writing, token " + token, token);
                plan.requireRunning(null);
            });
            if (found.isEmpty()) {
                throw new ClozeException(
                        Problem.TEMPLATE_SEARCH_EMPTY,
                        search.writer() + " has written nothing that is a template for " + task.name() + "."
                                + "\n  Of what is left in its beam of " + search.beam()
                                + " nothing has a place for the word and ends within " + search.maxTokens()
                                + " tokens, or " + task.tuning().backbone() + " can fill none of it."
                                + "\n  Widen the beam or raise maxTokens; name a T5 that was pretrained to fill spans, not"
                                + " one tuned for something else.");
            }
            return found;
        }
    }

    private FoundTemplates ranked(
            PlanRun plan,
            PlanDisplay display,
            TrainingOptions options,
            List<Found> written,
            List<Labeled<I, L>> train,
            List<Labeled<I, L>> dev) {
        Map<L, List<String>> words = task.templates().get(0).words();
        try (Trials<I, L> trials = new Trials<>(task, request, options, plan, display, train, dev)) {
            return new FoundTemplates(trials
                    .run(
                            written.stream()
                                    .map(found -> trial(new DeclaredTemplate<>(found.text(), words)))
                                    .toList(),
                            "template",
                            "templates",
                            writing())
                    .stream()
                    .map(ranked -> {
                        Found found = written.get(ranked.place());
                        return new Choice(found.text(), found.logLikelihood(), OptionalDouble.of(ranked.devAccuracy()));
                    })
                    .toList());
        }
    }

    private Trial<I, L> trial(DeclaredTemplate<L> template) {
        return new Trial<>(
                "\"" + template.text() + "\"",
                task.withTemplates(List.of(template)),
                Map.of("template", template.text()));
    }
}
