package dev.cloze.runtime.tuning.candidate;

import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.SpanAnswer;
import dev.cloze.runtime.tuning.SpanAnswers;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.SpanTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Spans by what chooses a label for each run of words. */
public final class CandidateProduct implements SpanProduct {

    private static final String LONGEST = "longest";

    private final LabelProduct choice;
    private final SpanTask task;
    private final CandidateAnswers answers;

    /**
     * Spans by this choice.
     *
     * @param choice of the labels of {@link SpanTask#choice}; it is taken over
     */
    public CandidateProduct(LabelProduct choice, CandidateReading reading) {
        this.choice = choice;
        this.task = reading.task();
        this.answers = new CandidateAnswers(new AskedSpans(reading), choice);
    }

    /** What was saved, as it is checked without the spans. */
    public static SavedProduct choice(SpanTask task, SavedProduct saved) {
        return new SavedProduct(saved.tensors(), saved.texts(), saved.settings(), saved.place(), present -> saved.fit()
                .accept(identity(present, task)));
    }

    private static ProductIdentity identity(ProductIdentity choice, SpanTask task) {
        Map<String, String> settings = new TreeMap<>(choice.settings());
        settings.put(LONGEST, Integer.toString(task.spans().longest()));
        return new ProductIdentity(choice.templates(), choice.maxLength(), choice.models(), settings);
    }

    @Override
    public List<SpanAnswer> answer(List<Map<String, String>> inputs) {
        return answers.answer(inputs);
    }

    @Override
    public int texts(Map<String, String> input) {
        return answers.texts(input);
    }

    @Override
    public Optional<Sharing<SpanAnswers>> sharing() {
        return choice.sharing().map(sharing -> sharing.map(labels -> new CandidateAnswers(answers.asked(), labels)));
    }

    @Override
    public ProductIdentity identity() {
        return identity(choice.identity(), task);
    }

    @Override
    public Map<String, Tensor> tensors() {
        return choice.tensors();
    }

    @Override
    public Optional<String> remark() {
        return choice.remark();
    }

    @Override
    public Map<String, List<String>> texts() {
        return choice.texts();
    }

    @Override
    public void close() {
        choice.close();
    }
}
