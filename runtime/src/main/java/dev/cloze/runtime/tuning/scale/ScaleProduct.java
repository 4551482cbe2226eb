package dev.cloze.runtime.tuning.scale;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.spi.DeclaredScale;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.ValueAnswer;
import dev.cloze.runtime.tuning.ValueAnswers;
import dev.cloze.runtime.tuning.ValueProduct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Numbers by what gives scores, and a scale that they belong to. */
public final class ScaleProduct implements ValueProduct {

    private static final String SCALE = "scale";

    /** Of a product whose score is a place on the scale of {@link #LEARNED}; earlier ones gave the number itself. */
    private static final Map<String, String> NUMBER = Map.of("number", "0 to 5");

    /** How wide the scale is that a score lies on: learning rates suit numbers of this size, which those of STS-B have. */
    private static final double LEARNED = 5;

    private final LabelProduct scores;
    private final DeclaredScale scale;
    private final ToDoubleFunction<LabelAnswer> number;
    private final Map<String, String> settings;

    private ScaleProduct(
            LabelProduct scores,
            DeclaredScale scale,
            ToDoubleFunction<LabelAnswer> number,
            Map<String, String> settings) {
        this.scores = scores;
        this.scale = scale;
        this.number = number;
        this.settings = settings;
    }

    /**
     * Numbers between the ends of a scale, by what chooses between them: y = l + p (u - l), where p is the probability of the
     * upper end (Gao et al. 2021, LM-BFF, arXiv 2012.15723, on regression). Where contextual calibration gives quotients of
     * probabilities p / p_cf, they are shared out as they are: their softmax, by which labels are chosen, would reach neither end.
     *
     * @param poles of the labels {@link ScaleTask#LOW} and {@link ScaleTask#HIGH}, in this order; it is taken over
     */
    public static ScaleProduct between(LabelProduct poles, ScaleTask task) {
        boolean quotients = task.poles().calibration() == Calibration.CONTEXTUAL
                && task.tuning().compat() == Compat.PAPER;
        ToDoubleFunction<LabelAnswer> share = quotients ? ScaleProduct::shareOfQuotients : ScaleProduct::share;
        return new ScaleProduct(
                poles, task.scale(), answer -> task.scale().value(share.applyAsDouble(answer)), Map.of());
    }

    /** What a head of one number learns of examples: 0 at the lower end of the scale and 5 at the upper one. */
    public static RatedValues learned(RatedValues examples, DeclaredScale scale) {
        return examples.with(value -> LEARNED * scale.share(value));
    }

    /**
     * Numbers by a score that has learnt what {@link #learned} says, which may lie outside the scale.
     *
     * @param scores of one label; it is taken over
     */
    public static ScaleProduct number(LabelProduct scores, DeclaredScale scale) {
        return new ScaleProduct(scores, scale, answer -> scale.value(answer.scores()[0] / LEARNED), NUMBER);
    }

    /**
     * Reads what {@link #number} gave and was saved.
     *
     * @param scores reads the scores, which are checked without the scale
     */
    public static ScaleProduct savedNumber(
            ScaleTask task, SavedProduct saved, Function<SavedProduct, LabelProduct> scores) {
        Map<String, String> settings = saved.settings().keySet().containsAll(NUMBER.keySet()) ? NUMBER : Map.of();
        LabelProduct read = scores.apply(scores(task, saved, settings));
        return settings.isEmpty()
                ? new ScaleProduct(read, task.scale(), answer -> answer.scores()[0], settings)
                : number(read, task.scale());
    }

    /** What was saved, as it is checked without the scale. */
    public static SavedProduct scores(ScaleTask task, SavedProduct saved) {
        return scores(task, saved, Map.of());
    }

    private static SavedProduct scores(ScaleTask task, SavedProduct saved, Map<String, String> settings) {
        return new SavedProduct(saved.tensors(), saved.texts(), saved.settings(), saved.place(), present -> saved.fit()
                .accept(identity(present, task.scale(), settings)));
    }

    /** The probability of the upper end, 0 to 1. */
    static double share(LabelAnswer answer) {
        float[] scores = answer.scores();
        return 1 / (1 + Math.exp((double) scores[0] - scores[1]));
    }

    private static double shareOfQuotients(LabelAnswer answer) {
        float[] scores = answer.scores();
        return scores[1] / ((double) scores[0] + scores[1]);
    }

    private static ProductIdentity identity(ProductIdentity scores, DeclaredScale scale, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(scores.settings());
        all.put(SCALE, scale.range());
        all.putAll(settings);
        return new ProductIdentity(scores.templates(), scores.maxLength(), scores.models(), all);
    }

    @Override
    public List<ValueAnswer> answer(List<Map<String, String>> inputs) {
        return numbers(scores.answer(inputs));
    }

    @Override
    public Optional<Sharing<ValueAnswers>> sharing() {
        return scores.sharing().map(sharing -> sharing.map(answers -> inputs -> numbers(answers.answer(inputs))));
    }

    private List<ValueAnswer> numbers(List<LabelAnswer> answers) {
        return answers.stream()
                .map(answer -> new ValueAnswer(number.applyAsDouble(answer), answer.cut()))
                .toList();
    }

    @Override
    public ProductIdentity identity() {
        return identity(scores.identity(), scale, settings);
    }

    @Override
    public Map<String, Tensor> tensors() {
        return scores.tensors();
    }

    @Override
    public Optional<String> remark() {
        return scores.remark();
    }

    @Override
    public Map<String, List<String>> texts() {
        return scores.texts();
    }

    @Override
    public void close() {
        scores.close();
    }
}
