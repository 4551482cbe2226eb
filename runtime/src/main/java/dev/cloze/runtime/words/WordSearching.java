package dev.cloze.runtime.words;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.WordSearch;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.search.FoundFile;
import dev.cloze.runtime.search.RankingMethods;
import dev.cloze.runtime.search.SearchedTask;
import dev.cloze.runtime.search.Trial;
import dev.cloze.runtime.search.Trials;
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

/**
 * Searches words for a task's labels or the ends of its scale, and tunes with those of the best combinations where there are examples
 * to rank by. What is found and each set that was tried is on disk where the run has a folder, and a search that is stopped goes on
 * from there.
 */
public final class WordSearching {

    private final SearchedTask task;
    private final LabelTask labels;
    private final WordSearch search;
    private final TrainingRequest request;

    /**
     * A search.
     *
     * @param request how each set of words is tuned with
     */
    public WordSearching(SearchedTask task, WordSearch search, TrainingRequest request) {
        this.task = task;
        this.labels = task.labels();
        this.search = search;
        this.request = request;
    }

    /**
     * Words that were found.
     *
     * @param words of each label in their order, the best first
     * @param fit how well the untrained model answers the training examples with them, see {@link SearchedTask#fit}
     * @param devScore how well the development examples are answered when tuned with them, see {@link SearchedTask#devScore}
     */
    public record WordSet(List<List<String>> words, double fit, OptionalDouble devScore) {}

    /** Searches; the best first. */
    public List<WordSet> run() {
        boolean isRanked = task.isRanked() && search.kind() == WordSearch.Kind.COMBINATION;
        if (isRanked) {
            RankingMethods.require(
                    labels.tuning().method(),
                    task.kind(),
                    "Sets of label words",
                    "Or give no development examples: then nothing is tuned, and any method will do.");
        }
        task.check();
        TrainingOptions options = request.options(labels.tuning(), TrainingOptions.defaults(), !isRanked);
        LabeledValues train = task.train();
        long asking = asking(train.size(), options);
        long most = asking + (isRanked ? search.kept() * steps(options) : 0);
        try (PlanRun plan = PlanRun.open(options.checkpointFolder());
                PlanDisplay display = new PlanDisplay(most, said(isRanked, options), request.quiet())) {
            List<Found> found = found(plan, display, options, train);
            if (!isRanked) {
                return found.stream()
                        .map(one -> new WordSet(one.words(), one.fit(), OptionalDouble.empty()))
                        .toList();
            }
            display.total(asking + found.size() * steps(options));
            try (Trials trials = new Trials(task, request, options, plan, display)) {
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
        return Trials.steps(labels.templates().size(), options);
    }

    /** What asking counts beside optimizer steps: a step for every batch that is read. */
    private long asking(int examples, TrainingOptions options) {
        long asked = (long) examples * WordFinding.asked(labels, search);
        return (asked + options.batchSize() - 1) / options.batchSize();
    }

    private List<Found> found(PlanRun plan, PlanDisplay display, TrainingOptions options, LabeledValues train) {
        var step = plan.step("words", inputs(train), (result, scratch) -> {
            long[] asked = {0};
            try (LanguageModel model = LanguageModel.open(labels.tuning())) {
                WordFinding finding = new WordFinding(model, task, search, more -> {
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
        Map<String, String> inputs = TrainingInputs.of(labels);
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
        return labels.templates().stream().map(DeclaredTemplate::text).toList().toString();
    }

    private List<WordSet> ranked(Trials trials, List<Found> found, long asking) {
        return trials.run(found.stream().map(this::trial).toList(), "words", "sets of words", asking).stream()
                .map(one -> {
                    Found of = found.get(one.place());
                    return new WordSet(of.words(), of.fit(), OptionalDouble.of(one.devScore()));
                })
                .toList();
    }

    private Trial trial(Found found) {
        return new Trial(
                title(found),
                task.withWords(found.words()),
                Map.of("template", templates(), "words", found.words().toString()));
    }

    private String title(Found found) {
        Map<Object, List<String>> words = new LinkedHashMap<>();
        labels.labels().forEach(label -> words.put(label, found.words().get(words.size())));
        return words.toString();
    }
}
