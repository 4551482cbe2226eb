package dev.cloze.runtime.tuning.tfidf;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TfIdf;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TfIdfOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.linear.Features;
import dev.cloze.runtime.tuning.linear.LinearClassifier;
import dev.cloze.runtime.tuning.linear.LogisticRegression;
import dev.cloze.runtime.tuning.linear.MultinomialNaiveBayes;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import dev.cloze.runtime.tuning.reading.PlaceholderReading;
import dev.cloze.runtime.tuning.reading.WordReader;
import java.util.List;
import java.util.Map;

/**
 * Learns labels from the words of the inputs, weighted by how rare they are (TF-IDF, Salton and Buckley 1988), by naive Bayes
 * or logistic regression, with the defaults of scikit-learn: features made by hand, no language model at all.
 *
 * <p>It is what every other method has to beat: prefer it when examples are many, words decide, or a prediction may cost
 * microseconds only. It is trained at once, in milliseconds, and nothing in it is random.
 */
@AutoService(Strategy.class)
public final class TfIdfStrategy implements ClassificationStrategy {

    private static final double C = 1;

    @Override
    public TuningMethod method() {
        return TuningMethod.TF_IDF;
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        PlaceholderReading reading = PlaceholderReading.of(task);
        return TfIdfProduct.read(identity(task, reading), reader(task, reading), saved, task.labels());
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        TrainingOptions options = request.training().options(task.tuning(), TrainingOptions.defaults(), dev.isEmpty());
        TfIdf.Classifier chosen = options.get(TfIdfOptions.CLASSIFIER);
        PlaceholderReading reading = PlaceholderReading.of(task);
        WordReader reader = reader(task, reading);
        List<List<String>> texts = train.inputs().stream()
                .map(input -> Terms.of(reader.read(input).segments()))
                .toList();
        TfIdfWeights weights = TfIdfWeights.of(texts);
        requireTerms(weights);
        List<Features> features = texts.stream().map(weights::features).toList();
        int labels = task.labels().size();
        int terms = weights.terms().size();
        LinearClassifier classifier =
                switch (chosen) {
                    case NAIVE_BAYES -> MultinomialNaiveBayes.fit(features, train.labels(), labels, terms);
                    case LOGISTIC_REGRESSION -> LogisticRegression.fit(features, train.labels(), labels, terms, C);
                };
        TfIdfProduct product =
                new TfIdfProduct(identity(task, reading), reader, weights, classifier, LabelOrder.of(task.labels()));
        return new TuningResult<>(product, record(chosen, texts, train, dev, product));
    }

    private static void requireTerms(TfIdfWeights weights) {
        if (weights.terms().isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "No training example has a word, so that there is nothing to learn labels from."
                            + "\n  A word has two letters or digits at least. Are the right components in the template?");
        }
    }

    private static WordReader reader(LabelTask task, PlaceholderReading reading) {
        return new WordReader(
                reading, task.tuning().options().find(TuningOptions.MAX_LENGTH).orElse(Integer.MAX_VALUE));
    }

    /** The classifier is not among what must be equal: whichever made the weights, they are read alike. */
    private static ProductIdentity identity(LabelTask task, PlaceholderReading reading) {
        return new ProductIdentity(List.of(reading.identity()), task.tuning().maxLength(), List.of(), Map.of());
    }

    private static TrainingRecord record(
            TfIdf.Classifier classifier,
            List<List<String>> texts,
            LabeledValues train,
            LabeledValues dev,
            LabelProduct product) {
        DataHash hash = new DataHash();
        for (int i = 0; i < train.size(); i++) {
            hash.add(train.labels()[i], texts.get(i).size());
            texts.get(i).forEach(hash::add);
        }
        return new TrainingRecord(
                0,
                Map.of(TfIdfOptions.CLASSIFIER.name(), classifier.name()),
                hash.hex(),
                dev.isEmpty() ? Map.of() : Map.of("dev accuracy", dev.accuracy(product)));
    }
}
