package dev.cloze.runtime.tuning.tfidf;

import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.linear.LinearClassifier;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import dev.cloze.runtime.tuning.reading.WordReader;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A linear classifier of terms and what it knows of them: plain Java, nothing to free. */
final class TfIdfProduct implements LabelProduct {

    private static final String IDF = "idf";
    private static final String TERMS = "terms";

    private final ProductIdentity identity;
    private final WordReader reader;
    private final TfIdfWeights weights;
    private final LinearClassifier classifier;
    private final LabelOrder order;

    TfIdfProduct(
            ProductIdentity identity,
            WordReader reader,
            TfIdfWeights weights,
            LinearClassifier classifier,
            LabelOrder order) {
        this.identity = identity;
        this.reader = reader;
        this.weights = weights;
        this.classifier = classifier;
        this.order = order;
    }

    static TfIdfProduct read(ProductIdentity identity, WordReader reader, SavedProduct saved, List<Object> labels) {
        saved.fit().accept(identity);
        FloatBuffer stored = saved.tensors().floats(IDF);
        float[] idf = new float[stored.remaining()];
        stored.get(idf);
        return new TfIdfProduct(
                identity,
                reader,
                new TfIdfWeights(saved.texts().getOrDefault(TERMS, List.of()), idf),
                LinearClassifier.read(saved.tensors()),
                LabelOrder.saved(saved.texts().getOrDefault(LabelOrder.TEXTS, List.of()), labels));
    }

    @Override
    public ProductIdentity identity() {
        return identity;
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(classifier.tensors());
        tensors.put(IDF, Tensor.of(weights.idf(), weights.terms().size()));
        return tensors;
    }

    @Override
    public Map<String, List<String>> texts() {
        return Map.of(TERMS, weights.terms(), LabelOrder.TEXTS, order.names());
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return inputs.stream().map(this::answer).toList();
    }

    private LabelAnswer answer(Map<String, String> input) {
        WordReader.Words words = reader.read(input);
        float[] scores = classifier.logProbabilities(weights.features(Terms.of(words.segments())));
        return new LabelAnswer(order.apply(scores), List.of(), words.cut());
    }

    @Override
    public void close() {
        // It holds arrays of Java alone.
    }
}
