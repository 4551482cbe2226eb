package dev.cloze.runtime.tuning.lstm;

import dev.cloze.annotations.Lstm;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import dev.cloze.runtime.tuning.reading.PlaceholderReading;
import dev.cloze.runtime.tuning.reading.WordReader;
import java.util.List;
import java.util.Map;

/** A tuned network with the words it knows. */
final class LstmProduct implements LabelProduct {

    private static final String WORDS = "words";
    private static final String POOLING = "pooling";

    private final ProductIdentity identity;
    private final LstmAnswers answers;

    /** Takes over the network. */
    LstmProduct(ProductIdentity identity, LstmAnswers answers) {
        this.identity = identity;
        this.answers = answers;
    }

    static ProductIdentity identity(PlaceholderReading reading, int maxWords, Lstm.Pooling pooling) {
        return new ProductIdentity(List.of(reading.identity()), maxWords, List.of(), Map.of(POOLING, pooling.name()));
    }

    static LstmProduct read(LabelTask task, int maxWords, SavedProduct saved) {
        PlaceholderReading reading = PlaceholderReading.of(task);
        Lstm.Pooling pooling = saved.constant(POOLING, Lstm.Pooling.MAX);
        ProductIdentity identity = identity(reading, maxWords, pooling);
        saved.fit().accept(identity);
        KnownWords known = new KnownWords(saved.texts().getOrDefault(WORDS, List.of()));
        LabelOrder order = LabelOrder.saved(saved.texts().getOrDefault(LabelOrder.TEXTS, List.of()), task.labels());
        Checkpoint tensors = saved.tensors();
        WeightSource source = (memory, slot) ->
                memory.create(tensors.floats(slot.parts().get(0)), new ai.djl.ndarray.types.Shape(slot.joinedShape()));
        LstmNetwork network = LstmNetwork.load(LstmShape.of(tensors, pooling), ComputeDevice.chosen(), source);
        return new LstmProduct(identity, new LstmAnswers(new WordReader(reading, maxWords), known, order, network));
    }

    @Override
    public ProductIdentity identity() {
        return identity;
    }

    @Override
    public Map<String, Tensor> tensors() {
        return answers.network().tensors();
    }

    @Override
    public Map<String, List<String>> texts() {
        return Map.of(
                WORDS,
                answers.known().words(),
                LabelOrder.TEXTS,
                answers.order().names());
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return answers.answer(inputs);
    }

    @Override
    public void close() {
        answers.network().close();
    }
}
