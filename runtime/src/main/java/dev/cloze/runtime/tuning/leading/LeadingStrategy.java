package dev.cloze.runtime.tuning.leading;

import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.AdapterStrategy;
import dev.cloze.runtime.tuning.AnsweredValues;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.ClozeStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.TextStrategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.WordProduct;
import dev.cloze.runtime.tuning.WordTask;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.cloze.AnsweredData;
import dev.cloze.runtime.tuning.cloze.MaskWords;
import dev.cloze.runtime.tuning.exchange.VirtualTokenExchange;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.util.Map;
import java.util.function.Function;

/** A method whose product is virtual tokens before all others, however they are trained: all of them are read and exchanged alike. */
public interface LeadingStrategy extends ClassificationStrategy, ClozeStrategy, TextStrategy, AdapterStrategy {

    /** Trains them for labels, or for words, and makes of the product what is asked for. */
    <P extends Product> TuningResult<P> tune(
            LabelTask task, MaskData data, TuningRequest<P> request, Function<MaskProduct, P> finish);

    @Override
    default TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        return tune(task, MaskData.of(train, dev), request, product -> product);
    }

    @Override
    default TuningResult<WordProduct> tune(
            WordTask task, AnsweredValues train, AnsweredValues dev, TuningRequest<WordProduct> request) {
        return tune(task.labels(), new AnsweredData(train, dev), request, MaskWords::new);
    }

    @Override
    default LabelProduct read(LabelTask task, SavedProduct saved) {
        return LeadingTokens.of(saved).read(task, saved);
    }

    @Override
    default WordProduct read(WordTask task, SavedProduct saved) {
        return new MaskWords(LeadingTokens.of(saved).read(task.labels(), saved));
    }

    @Override
    default TextProduct read(WritingTask task, SavedProduct saved) {
        return LeadingTokens.of(saved).read(task, saved);
    }

    @Override
    default SavedProduct saved(Adapter adapter) {
        return VirtualTokenExchange.saved(adapter, method());
    }

    @Override
    default Adapter ofModel(Adapter adapter, String model) {
        return VirtualTokenExchange.ofModel(adapter, model);
    }

    @Override
    default Adapter adapter(ProductIdentity identity, Map<String, Tensor> tensors) {
        return VirtualTokenExchange.adapter(PeftType.PROMPT_TUNING, method(), identity, tensors);
    }
}
