package dev.cloze.runtime.tuning.lstm;

import dev.cloze.annotations.Lstm;
import dev.cloze.annotations.option.LstmOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import dev.cloze.runtime.tuning.reading.PlaceholderReading;
import dev.cloze.runtime.tuning.reading.WordReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One run on labelled examples: reads their words, drives the loop, and keeps what came of it. */
final class LstmTuning {

    private final LabelTask task;
    private final Sizes sizes;
    private final WordVectors vectors;
    private final TrainingOptions options;
    private final TuningRequest<LabelProduct> request;
    private final PlaceholderReading reading;
    private final WordReader reader;

    /**
     * Sizes that depend on more than options.
     *
     * @param maxWords of an input at most
     * @param embedding numbers of a word vector
     */
    record Sizes(int maxWords, int embedding) {}

    LstmTuning(
            LabelTask task,
            Sizes sizes,
            WordVectors vectors,
            TrainingOptions options,
            TuningRequest<LabelProduct> request) {
        this.task = task;
        this.sizes = sizes;
        this.vectors = vectors;
        this.options = options;
        this.request = request;
        this.reading = PlaceholderReading.of(task);
        this.reader = new WordReader(reading, sizes.maxWords());
    }

    TuningResult<LabelProduct> run(LabeledValues train, LabeledValues dev) {
        List<WordReader.Words> texts = train.inputs().stream().map(reader::read).toList();
        List<WordReader.Words> devTexts =
                dev.inputs().stream().map(reader::read).toList();
        KnownWords known = KnownWords.of(vectors.byWord().keySet(), texts);
        String dataHash = hash(texts, train.labels());
        double cut = texts.stream().filter(WordReader.Words::cut).count() / (double) texts.size();
        TrainingTask data = new TrainingTask(train.size(), cut, identity(dataHash, hash(devTexts, dev.labels())));
        try (LstmTraining training = new LstmTraining(
                network(known),
                texts.stream().map(known::ids).toList(),
                train.labels(),
                options.get(LstmOptions.DROPOUT),
                options,
                network -> dev.accuracy(answers(known, network)))) {
            Supplier<LabelProduct> product = () -> product(known, training.tuned());
            return request.train(training, options, data, "dev accuracy", product, product);
        }
    }

    private LstmNetwork network(KnownWords known) {
        LstmShape shape = LstmShape.of(
                known.rows(),
                sizes.embedding(),
                options.get(LstmOptions.HIDDEN_SIZE),
                task.labels().size(),
                pooling());
        FirstWeights first = new FirstWeights(shape, known, vectors.byWord(), options.seed());
        return LstmNetwork.load(shape, ComputeDevice.chosen(), first.trainable());
    }

    private Lstm.Pooling pooling() {
        return options.get(LstmOptions.POOLING);
    }

    private LstmAnswers answers(KnownWords known, LstmNetwork network) {
        return new LstmAnswers(reader, known, LabelOrder.of(task.labels()), network);
    }

    private LstmProduct product(KnownWords known, LstmNetwork tuned) {
        return new LstmProduct(LstmProduct.identity(reading, sizes.maxWords(), pooling()), answers(known, tuned));
    }

    /** Each example is its label, and the words of each segment. */
    private static String hash(List<WordReader.Words> texts, int[] labels) {
        DataHash hash = new DataHash();
        for (int i = 0; i < labels.length; i++) {
            hash.add(labels[i], texts.get(i).segments().size());
            for (List<String> segment : texts.get(i).segments()) {
                hash.add(segment.size());
                segment.forEach(hash::add);
            }
        }
        return hash.hex();
    }

    private Map<String, String> identity(String dataHash, String devHash) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("task", task.name());
        identity.put("template", reading.text());
        identity.put("labels", task.labels().toString());
        identity.put("maxLength", Integer.toString(sizes.maxWords()));
        identity.put("embeddingSize", Integer.toString(sizes.embedding()));
        identity.put("word vectors", vectors.hash());
        identity.put(TrainingTask.TRAINING_DATA, dataHash);
        identity.put(TrainingTask.DEVELOPMENT_DATA, devHash);
        return identity;
    }
}
