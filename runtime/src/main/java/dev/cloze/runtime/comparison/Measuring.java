package dev.cloze.runtime.comparison;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.tuning.LabelNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A comparison at work: split by split, so that one that is cut off lacks the same of every contender. */
final class Measuring<I, L> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);

    private final ClassificationTask<I, L> task;
    private final Map<Contender<I, L>, List<Double>> contenders;
    private final List<Split<I, L>> splits;
    private final UnaryOperator<TrainingOptions> change;
    private final CellFile cells;
    private final PredictionFiles predictions;
    private final String settings;
    private final CellProgress progress;

    /** @param contenders with the learning rates that each is to be tried with */
    Measuring(
            ClassificationTask<I, L> task,
            Map<Contender<I, L>, List<Double>> contenders,
            List<Split<I, L>> splits,
            UnaryOperator<TrainingOptions> change,
            @Nullable Path folder) {
        this.task = task;
        this.contenders = contenders;
        this.splits = splits;
        this.change = change;
        this.cells = new CellFile(folder);
        this.predictions = new PredictionFiles(folder);
        this.settings = settings();
        long searched = contenders.values().stream()
                .mapToLong(rates -> rates.size() > 1 ? rates.size() : 0)
                .sum();
        this.progress = new CellProgress(searched + (long) contenders.size() * splits.size());
    }

    ComparisonResult run(int k) {
        Map<Contender<I, L>, Double> chosen = new HashMap<>();
        Map<Contender<I, L>, List<Cell>> measured = new LinkedHashMap<>();
        contenders.keySet().forEach(contender -> measured.put(contender, new ArrayList<>()));
        for (Split<I, L> split : splits) {
            for (Contender<I, L> contender : cheapestFirst()) {
                double rate = chosen.computeIfAbsent(contender, this::rate);
                measured.getOrDefault(contender, List.of()).add(cell(contender, split, rate, false));
            }
        }
        List<ComparedMethod> methods = new ArrayList<>();
        measured.forEach((contender, its) -> {
            double rate = chosen.getOrDefault(contender, Double.NaN);
            methods.add(ComparedMethod.of(contender.name(), Double.isNaN(rate) ? null : rate, its));
        });
        return new ComparisonResult(
                k,
                splits.stream().map(Split::seed).toList(),
                splits.stream().mapToInt(split -> split.test().size()).min().orElse(0),
                methods,
                ComparedMethod.of(
                        "commonest label",
                        null,
                        splits.stream().map(Split::commonest).toList()));
    }

    /** What is not trained comes first: a template that can't be asked so is told before hours of training. */
    private List<Contender<I, L>> cheapestFirst() {
        return contenders.keySet().stream()
                .sorted(Comparator.comparing(Contender::isTrained))
                .toList();
    }

    /** The learning rate that is best on the development examples of the first split, the first of equals; NaN for its own. */
    private double rate(Contender<I, L> contender) {
        List<Double> rates = contenders.getOrDefault(contender, List.of());
        if (rates.isEmpty()) {
            return Double.NaN;
        }
        double best = rates.get(0);
        double most = -1;
        for (double rate : rates.size() > 1 ? rates : List.<Double>of()) {
            Split<I, L> first = splits.get(0);
            double dev = cell(contender, first, rate, true).dev();
            if (dev > most) {
                most = dev;
                best = rate;
            }
        }
        return best;
    }

    /** @param isSearch which never sees what is measured on: the development examples stand in its place */
    private Cell cell(Contender<I, L> contender, Split<I, L> split, double rate, boolean isSearch) {
        String title = contender.name() + ", " + (isSearch ? "search" : "seed " + split.seed())
                + (Double.isNaN(rate) ? "" : ", learning rate " + rate);
        String key = title + ", " + hash(contender, split, isSearch ? split.dev() : split.test());
        Cell known = cells.find(key).orElse(null);
        if (known == null) {
            known = measure(contender, split, rate, isSearch, key);
            cells.add(key, known);
            progress.measured(title, known);
        } else {
            progress.known();
        }
        return known;
    }

    private Cell measure(Contender<I, L> contender, Split<I, L> split, double rate, boolean isSearch, String key) {
        if (Thread.currentThread().isInterrupted()) {
            throw contender.stopped();
        }
        long start = System.nanoTime();
        UnaryOperator<TrainingOptions> all = options -> {
            TrainingOptions changed = change.apply(options).withSeed(split.seed());
            return Double.isNaN(rate) ? changed : changed.withLearningRate(rate);
        };
        try (PromptPipeline<I, L> pipeline = contender.pipeline(split, all)) {
            Evaluation<L> dev = pipeline.evaluate(split.dev());
            Evaluation<L> test = isSearch ? dev : tested(pipeline, split, key);
            return new Cell(dev.accuracy(), test.accuracy(), test.macroF1(), secondsSince(start));
        } catch (ClozeException e) {
            if (e.problem() != Problem.TRAINING_DIVERGED) {
                throw e;
            }
            LOG.warn(
                    "{} diverged with seed {}, and counts for nothing there: {}",
                    contender.name(),
                    split.seed(),
                    e.getMessage());
            return new Cell(Double.NaN, Double.NaN, Double.NaN, secondsSince(start));
        }
    }

    private Evaluation<L> tested(PromptPipeline<I, L> pipeline, Split<I, L> split, String key) {
        List<Prediction<L>> said =
                pipeline.predict(split.test().stream().map(Labeled::input).toList());
        predictions.write(key, split, said);
        return Evaluation.of(pipeline.labels(), split.test(), said);
    }

    private static double secondsSince(long start) {
        return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
    }

    /** What all cells depend on beside their examples. */
    private String settings() {
        return String.join(
                "\n",
                task.templates().toString(),
                task.labels().toString(),
                task.calibration() + " " + task.multiTokenWords(),
                task.tuning().toString(),
                change.apply(TrainingOptions.defaults()).toString());
    }

    private String hash(Contender<I, L> contender, Split<I, L> split, List<Labeled<I, L>> test) {
        DataHash hash = new DataHash();
        hash.add(settings);
        hash.add(contender.settings());
        for (List<Labeled<I, L>> part : List.of(split.train(), split.dev(), test)) {
            hash.add(part.size());
            for (Labeled<I, L> example : part) {
                hash.add(LabelNames.of(example.label()));
                add(hash, example.input());
            }
        }
        split.unlabeled().forEach(input -> add(hash, input));
        return hash.hex().substring(0, 16);
    }

    private void add(DataHash hash, I input) {
        PlaceholderValues.of(input, task.placeholders()).forEach((path, text) -> hash.add(path + "\n" + text));
    }

    @Override
    public void close() {
        progress.close();
    }
}
