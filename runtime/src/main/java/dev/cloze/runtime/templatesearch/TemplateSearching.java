package dev.cloze.runtime.templatesearch;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.FoundTemplates;
import dev.cloze.runtime.FoundTemplates.Choice;
import dev.cloze.runtime.TemplateSearch;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.search.FoundFile;
import dev.cloze.runtime.search.RankingMethods;
import dev.cloze.runtime.search.SearchedTask;
import dev.cloze.runtime.search.Trial;
import dev.cloze.runtime.search.Trials;
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
public final class TemplateSearching {

    private static final Logger LOG = LoggerFactory.getLogger(TemplateSearching.class);

    /** Forms of a template at most. */
    private static final int FORMS = 2;

    private final SearchedTask task;
    private final LabelTask labels;
    private final TemplateSearch search;
    private final TrainingRequest request;

    /**
     * A search.
     *
     * @param request how each template is tuned with
     */
    public TemplateSearching(SearchedTask task, TemplateSearch search, TrainingRequest request) {
        this.task = task;
        this.labels = task.labels();
        this.search = search;
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
    public FoundTemplates runUnranked() {
        task.check();
        TrainingOptions options = request.options(labels.tuning(), TrainingOptions.defaults(), true);
        try (PlanRun plan = PlanRun.open(options.checkpointFolder());
                PlanDisplay display = new PlanDisplay(writing(), "Templates are written", request.quiet())) {
            return found(written(plan, display).stream()
                    .map(found -> new Choice(found.text(), found.logLikelihood(), OptionalDouble.empty()))
                    .toList());
        }
    }

    /** Writes templates, tunes with each, and ranks them by their score on the development examples. */
    public FoundTemplates run() {
        requireRanking();
        task.check();
        TrainingOptions options = request.options(labels.tuning(), TrainingOptions.defaults(), false);
        long most = writing() + search.candidates() * Trials.steps(1, options);
        String said = "Templates are written, and at most " + search.candidates() + " are tuned with for "
                + options.maxSteps() + " steps";
        try (PlanRun plan = PlanRun.open(options.checkpointFolder());
                PlanDisplay display = new PlanDisplay(most, said, request.quiet())) {
            List<Found> written = written(plan, display);
            display.total(writing() + written.size() * Trials.steps(1, options));
            return ranked(plan, display, options, written);
        }
    }

    /** What writing counts beside optimizer steps. */
    private long writing() {
        return (long) FORMS * search.maxTokens();
    }

    private void requireRanking() {
        RankingMethods.require(
                labels.tuning().method(),
                task.kind(),
                "Templates",
                "Or call searchTemplates(search, train), which tunes with none, for any method.");
        if (!task.isRanked()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "There are no development examples to rank templates by.\n  Give some that are not among the training"
                            + " examples, as many as those; or call searchTemplates(search, train), which tunes with none.");
        }
    }

    private List<Found> written(PlanRun plan, PlanDisplay display) {
        LabeledValues values = task.train();
        var step = plan.step(
                "templates",
                inputs(values),
                (result, scratch) -> FoundFile.write(result, written(plan, display, values)));
        return List.of(FoundFile.read(step, Found[].class));
    }

    /** What the templates that are written depend on. */
    private Map<String, String> inputs(LabeledValues train) {
        Map<String, String> inputs = TrainingInputs.of(labels);
        TrainingInputs.putModel(inputs, "writer", search.writer());
        inputs.put("beam", Integer.toString(search.beam()));
        inputs.put("maxTokens", Integer.toString(search.maxTokens()));
        inputs.put("candidates", Integer.toString(search.candidates()));
        inputs.put("training data", TrainingInputs.hash(train));
        return inputs;
    }

    private List<Found> written(PlanRun plan, PlanDisplay display, LabeledValues train) {
        try (LanguageModel writer = LanguageModel.open(search.writer());
                LanguageModel model = LanguageModel.open(labels.tuning())) {
            LOG.info("{} writes templates for {}.", search.writer(), labels.name());
            List<Found> found = new TemplateFinding(writer, labels, search).templates(model, train, token -> {
                display.at("writing, token " + token, token);
                plan.requireRunning(null);
            });
            if (found.isEmpty()) {
                throw new ClozeException(
                        Problem.TEMPLATE_SEARCH_EMPTY,
                        search.writer() + " has written nothing that is a template for " + labels.name() + "."
                                + "\n  Of what is left in its beam of " + search.beam()
                                + " nothing has a place for the word and ends within " + search.maxTokens()
                                + " tokens, or " + labels.tuning().backbone() + " can fill none of it."
                                + "\n  Widen the beam or raise maxTokens; name a T5 that was pretrained to fill spans, not"
                                + " one tuned for something else.");
            }
            return found;
        }
    }

    private FoundTemplates ranked(PlanRun plan, PlanDisplay display, TrainingOptions options, List<Found> written) {
        List<Trial> all = written.stream().map(found -> trial(found.text())).toList();
        try (Trials trials = new Trials(task, request, options, plan, display)) {
            return found(trials.run(all, "template", "templates", writing()).stream()
                    .map(ranked -> {
                        Found found = written.get(ranked.place());
                        return new Choice(found.text(), found.logLikelihood(), OptionalDouble.of(ranked.devScore()));
                    })
                    .toList());
        }
    }

    private FoundTemplates found(List<Choice> choices) {
        return new FoundTemplates(
                task.kind() == TaskKind.REGRESSION ? FoundTemplates.Measure.PEARSON : FoundTemplates.Measure.ACCURACY,
                choices);
    }

    private Trial trial(String template) {
        return new Trial("\"" + template + "\"", task.withTemplate(template), Map.of("template", template));
    }
}
