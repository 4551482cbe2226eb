package dev.cloze.runtime.words;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.WordSearch;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.search.SearchedTask;
import dev.cloze.runtime.search.WordFit;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.words.WordCombinations.Combination;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Finds words for labels, counted in the order of a task's labels, by what an untrained model says of training examples. */
final class WordFinding {

    private final LanguageModel model;
    private final LabelTask task;
    private final LabeledValues train;
    private final WordFit fit;
    private final WordSearch search;
    private final IntConsumer heard;

    /** @param heard is told how many more examples have been asked about, of {@link #asked(LabelTask, WordSearch)} times all */
    WordFinding(LanguageModel model, SearchedTask searched, WordSearch search, IntConsumer heard) {
        AskedExamples.requireTokens(model);
        this.model = model;
        this.task = searched.labels();
        this.train = searched.train();
        this.fit = searched.fit();
        this.search = search;
        this.heard = heard;
    }

    /**
     * Words for all labels.
     *
     * @param words of each label in their order, the best first
     * @param fit how well the untrained model answers the training examples with them, see {@link SearchedTask#fit}
     */
    record Found(List<List<String>> words, double fit) {}

    /** How many times every example is asked about. */
    static int asked(LabelTask task, WordSearch search) {
        return 1
                + (search.kind() == WordSearch.Kind.COMBINATION
                        ? task.labels().size()
                        : task.templates().size());
    }

    /** What is found, the best first. */
    List<Found> found() {
        List<Found> found = search.kind() == WordSearch.Kind.COMBINATION ? combinations() : List.of(ratios());
        if (found.isEmpty() || found.get(0).words().stream().anyMatch(List::isEmpty)) {
            throw new ClozeException(
                    Problem.TRAINING_OPTION_OUT_OF_RANGE,
                    "The likeliest words of the labels of " + task.name() + " are the same ones: with candidates = "
                            + search.candidates() + (search.nearest() == 0 ? "" : ", nearest = " + search.nearest())
                            + " there is none of its own for each label.\n  Raise withCandidates"
                            + (search.nearest() == 0 ? "." : " or withNearest."));
        }
        return found;
    }

    private AskedExamples asked(DeclaredTemplate<Object> template) {
        return new AskedExamples(model, CompiledTask.of(anyWords(), template, model), train, heard);
    }

    /** The words that stand there now may be of several tokens: they are not asked about. */
    private LabelTask anyWords() {
        return new LabelTask(
                task.name(),
                task.templates(),
                task.placeholders(),
                task.labels(),
                MultiTokenWords.FIRST,
                task.calibration(),
                task.tuning());
    }

    private boolean afterSpace() {
        return CompiledTask.of(anyWords(), task.templates().get(0), model)
                .template()
                .maskFollowsSpace();
    }

    /** Words of every template add up. */
    private Found ratios() {
        List<String> texts = train.inputs().stream()
                .flatMap(input -> input.values().stream())
                .toList();
        WordCandidates words =
                WordCandidates.mostFrequent(model.tokenizer().vocabulary(), afterSpace(), texts, search.vocabulary());
        LikelihoodRatio ratios =
                new LikelihoodRatio(asked(task.templates().get(0)).counts(labels()), words.size());
        for (DeclaredTemplate<Object> template : task.templates()) {
            asked(template).ask(words, true, (example, label, logs) -> ratios.add(label, logs));
        }
        List<WordCandidates> found = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        for (int label = 0; label < labels(); label++) {
            List<Integer> best = ratios.best(label, search.candidates(), search.wordsPerLabel() + taken.size());
            List<Integer> own = best.stream()
                    .filter(place -> !taken.contains(place))
                    .limit(search.wordsPerLabel())
                    .toList();
            taken.addAll(own);
            found.add(words.at(own));
        }
        return new Found(found.stream().map(WordCandidates::words).toList(), fit(found));
    }

    private int labels() {
        return task.labels().size();
    }

    /** How well the mean of each label's logits fits the training examples, in the first template. */
    private double fit(List<WordCandidates> byLabel) {
        float[][][] means = new float[train.size()][byLabel.size()][1];
        WordCandidates all = new WordCandidates(
                byLabel.stream()
                        .flatMapToInt(words -> IntStream.of(words.ids()))
                        .toArray(),
                byLabel.stream().flatMap(words -> words.words().stream()).toList());
        asked(task.templates().get(0)).ask(all, false, (example, label, logits) -> {
            int at = 0;
            for (int one = 0; one < byLabel.size(); one++) {
                double sum = 0;
                for (int word = 0; word < byLabel.get(one).size(); word++, at++) {
                    sum += logits[at];
                }
                means[example][one][0] = (float) (sum / byLabel.get(one).size());
            }
        });
        return fit.of(means, new int[byLabel.size()]);
    }

    private List<Found> combinations() {
        AskedExamples examples = asked(task.templates().get(0));
        List<WordCandidates> likely = likely(examples);
        int[][] ids = likely.stream().map(WordCandidates::ids).toArray(int[][]::new);
        float[][][] logits = new float[train.size()][labels()][];
        for (int label = 0; label < labels(); label++) {
            int of = label;
            examples.ask(likely.get(label), false, (example, gold, said) -> logits[example][of] = said);
        }
        List<Combination> best = new WordCombinations(logits, fit, ids, search.kept()).best();
        return best.stream().map(one -> found(one, likely)).toList();
    }

    private Found found(Combination one, List<WordCandidates> likely) {
        List<List<String>> words = IntStream.range(0, labels())
                .mapToObj(label -> List.of(likely.get(label).words().get(one.places()[label])))
                .toList();
        return new Found(words, one.fit());
    }

    /**
     * The likeliest words of each label: by the sum of log-probabilities, or in their code by the mean of logits; of these the nearest
     * to its own where the search says so.
     */
    List<WordCandidates> likely(AskedExamples examples) {
        boolean byLogits = task.tuning().compat() == Compat.REFERENCE;
        WordCandidates words = WordCandidates.of(model.tokenizer().vocabulary(), afterSpace());
        double[][] scores = new double[labels()][words.size()];
        int[] counts = examples.counts(labels());
        examples.ask(words, !byLogits, (example, label, said) -> {
            for (int word = 0; word < said.length; word++) {
                scores[label][word] += byLogits ? said[word] / (double) counts[label] : said[word];
            }
        });
        int width = WordCombinations.width(search.nearest() == 0 ? search.candidates() : search.nearest(), labels());
        int most = search.nearest() == 0 ? width : search.candidates();
        List<WordCandidates> likely = new ArrayList<>();
        for (int label = 0; label < labels(); label++) {
            WordCandidates likeliest =
                    words.at(LikelihoodRatio.highest(scores[label], most, LikelihoodRatio.all(words.size())));
            likely.add(
                    search.nearest() == 0
                            ? likeliest
                            : nearest(likeliest, task.labels().get(label), width));
        }
        return likely;
    }

    private WordCandidates nearest(WordCandidates likely, Object label, int width) {
        List<String> own = task.templates().get(0).words().getOrDefault(label, List.of());
        if (own.isEmpty()) {
            throw new ClozeException(
                    Problem.VERBALIZER_EMPTY_WORDS,
                    "Words near to those of the label " + label + " are searched, and it has none."
                            + "\n  Give each label a word to start from, or leave withNearest out.");
        }
        return NearCandidates.of(model, afterSpace()).of(likely, own, width);
    }

    /** The same of all examples. */
    List<WordCandidates> likely() {
        return likely(asked(task.templates().get(0)));
    }
}
