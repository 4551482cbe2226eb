package dev.cloze.runtime.tuning.multitask;

import ai.djl.ndarray.types.Shape;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.MultitaskOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.adapter.MultitaskAdapter;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.tuning.exchange.VirtualTokenExchange;
import dev.cloze.runtime.tuning.soft.SoftSettings;
import dev.cloze.runtime.tuning.soft.StartVectors;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What the prompts are before the first step. Without a source what is shared starts as words of the vocabulary, and what is of a
 * task as numbers of the normal distribution with a deviation of 0.02, as in PEFT; with one, as the source has them, of the task that
 * is named or as the mean over all (Wang et al. 2023, arXiv 2303.02861, section 3.2).
 */
final class FactoredStart {

    private static final double DEVIATION = 0.02;

    private final TrainingOptions options;
    private final @Nullable MultitaskAdapter source;
    private final int length;

    /**
     * As the options say.
     *
     * @throws ClozeException TUNING_OPTION_OUT_OF_RANGE where promptLength or rank are written and the source has others; as
     *     {@link AdapterReader#readShared}
     */
    FactoredStart(TrainingOptions options) {
        this.options = options;
        int asked = SoftSettings.before(TuningMethod.MULTITASK_PROMPT_TUNING, false, options);
        if (!options.isSet(MultitaskOptions.SOURCE)) {
            this.source = null;
            this.length = asked;
            return;
        }
        MultitaskAdapter found = AdapterReader.readShared(Path.of(options.get(MultitaskOptions.SOURCE)));
        this.source = found;
        this.length = found.config().length();
        if (options.isSet(TuningOptions.PROMPT_LENGTH) && asked != length) {
            throw another("promptLength", asked, length + " virtual tokens");
        }
        if (options.isSet(MultitaskOptions.RANK)
                && options.get(MultitaskOptions.RANK) != found.config().ranks()) {
            throw another(
                    "rank",
                    options.get(MultitaskOptions.RANK),
                    "the rank " + found.config().ranks());
        }
    }

    private ClozeException another(String option, int asked, String there) {
        return new ClozeException(
                Problem.TUNING_OPTION_OUT_OF_RANGE,
                option + " = " + asked + ", but source = \"" + options.get(MultitaskOptions.SOURCE) + "\" has " + there
                        + ".\n  Leave " + option + " out: it follows from the source.");
    }

    /** How many virtual tokens there are. */
    int length() {
        return length;
    }

    /** The shape of so many tasks on a model. */
    FactoredShape shape(LanguageModel model, int tasks) {
        int rank = source != null
                ? source.config().ranks()
                : options.isSet(MultitaskOptions.RANK) ? options.get(MultitaskOptions.RANK) : 1;
        return new FactoredShape(
                new VirtualTokens(length, model.backbone().shape().embeddingSize()), rank, tasks);
    }

    /** The weights of that shape; {@code ADAPTER_MISMATCH} where the source is of another model. */
    WeightSource weights(LanguageModel model, FactoredShape shape) {
        MultitaskAdapter from = source;
        if (from != null) {
            VirtualTokenExchange.requireModel(from.of(0), model.identity());
            int task = task(from);
            return of(from.numbers(), from.columns(task), from.rows(task));
        }
        List<float[]> words = new StartVectors(model, options.seed()).ofVocabulary(length);
        Random random = new Random(RandomStream.INIT.seed(options.seed(), 3));
        return (memory, slot) -> slot.parts().equals(shape.shared().parts())
                ? StartVectors.array(memory, words)
                : memory.create(drawn(random, slot.shape()), new Shape(slot.shape()));
    }

    /** What the source holds now; nothing where there is none. */
    Map<String, String> identity() {
        MultitaskAdapter from = source;
        if (from == null) {
            return Map.of();
        }
        int task = task(from);
        return StartVectors.identity(List.of(from.numbers(), from.columns(task), from.rows(task)));
    }

    private int task(MultitaskAdapter from) {
        return options.isSet(MultitaskOptions.SOURCE_TASK) ? from.place(options.get(MultitaskOptions.SOURCE_TASK)) : -1;
    }

    private static WeightSource of(float[] shared, float[] columns, float[] rows) {
        return (memory, slot) -> {
            String name = slot.parts().get(0);
            float[] numbers =
                    name.equals(VirtualTokens.NAME) ? shared : name.startsWith(FactoredShape.COLUMNS) ? columns : rows;
            return memory.create(numbers, new Shape(slot.shape()));
        };
    }

    private static float[] drawn(Random random, long[] shape) {
        float[] numbers = new float[Math.toIntExact(shape[0] * shape[1])];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (DEVIATION * random.nextGaussian());
        }
        return numbers;
    }
}
