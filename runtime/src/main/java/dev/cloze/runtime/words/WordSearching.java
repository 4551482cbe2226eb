package dev.cloze.runtime.words;

import dev.cloze.runtime.FoundWords;
import dev.cloze.runtime.FoundWords.Choice;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.WordSearch;
import dev.cloze.runtime.classification.ClassifierTraining;
import dev.cloze.runtime.classification.Session;
import dev.cloze.runtime.data.TrainingSet;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches words for a task's labels, and tunes with those of the best combinations where there are examples to rank by. */
public final class WordSearching<I, L> {

    private static final Logger LOG = LoggerFactory.getLogger(WordSearching.class);

    private final ClassificationTask<I, L> task;
    private final WordSearch search;
    private final TrainingRequest request;

    /**
     * A search.
     *
     * @param request how each combination is tuned
     */
    public WordSearching(ClassificationTask<I, L> task, WordSearch search, TrainingRequest request) {
        this.task = task;
        this.search = search;
        this.request = request;
    }

    /**
     * Searches.
     *
     * @param dev empty to tune nothing
     */
    public FoundWords<L> run(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        List<L> labels = List.copyOf(task.labels().keySet());
        TrainingSet.check(train, labels).remarks().forEach(remark -> LOG.warn("{}: {}", task.name(), remark));
        List<Choice<L>> choices = new ArrayList<>();
        try (LanguageModel model = LanguageModel.open(task.tuning())) {
            for (Choice<Object> choice : new WordFinding(
                            model, LabelTask.of(task), LabeledValues.of(task, train, "training example"), search)
                    .choices()) {
                choices.add(typed(choice, labels));
            }
        }
        return new FoundWords<>(
                task.labelType(),
                dev.isEmpty() || search.kind() == WordSearch.Kind.LIKELIHOOD_RATIO
                        ? choices
                        : ranked(choices, train, dev));
    }

    private static <L> Choice<L> typed(Choice<Object> choice, List<L> labels) {
        Map<L, List<String>> words = new LinkedHashMap<>();
        labels.forEach(label -> words.put(label, choice.words().getOrDefault(label, List.of())));
        return new Choice<>(words, choice.trainAccuracy(), choice.devAccuracy());
    }

    /** By their accuracy on the development set when tuned; of equals the one that was better before. */
    private List<Choice<L>> ranked(List<Choice<L>> choices, List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        List<Choice<L>> tuned = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            Choice<L> choice = choices.get(i);
            double accuracy = tune(choice, "words-" + (i + 1), train, dev);
            LOG.info("{} of {}: {} have {} on the development set", i + 1, choices.size(), choice.words(), accuracy);
            tuned.add(new Choice<>(choice.words(), choice.trainAccuracy(), OptionalDouble.of(accuracy)));
        }
        tuned.sort(Comparator.comparingDouble(
                (Choice<L> choice) -> -choice.devAccuracy().orElse(0)));
        return tuned;
    }

    private double tune(Choice<L> choice, String name, List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        TrainingRequest own = new TrainingRequest(
                options -> inFolder(request.change().apply(options), name), request.listeners(), true);
        try (Session<I, L> session = new ClassifierTraining<>(task.withWords(choice.words()), own).run(train, dev)) {
            return session.training().metrics().getOrDefault("dev accuracy", 0.0);
        }
    }

    /** Each training has a checkpoint folder of its own, so that a search goes on where it was stopped. */
    private static TrainingOptions inFolder(TrainingOptions options, String name) {
        Path folder = options.checkpointFolder();
        return folder == null ? options : options.withCheckpointFolder(folder.resolve(name));
    }
}
