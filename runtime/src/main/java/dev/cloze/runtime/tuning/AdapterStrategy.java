package dev.cloze.runtime.tuning;

import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.util.Map;
import java.util.Set;

/** A method whose products PEFT has too, under a name of its own. */
public interface AdapterStrategy extends Strategy {

    /** The kinds of adapter that this method reads; no two methods read the same. */
    Set<PeftType> adapters();

    /**
     * An adapter as a product that was saved; its {@code fit} refuses with {@code ADAPTER_MISMATCH} another model than the one
     * it was made for.
     */
    SavedProduct saved(Adapter adapter);

    /**
     * The same adapter of a model that it names.
     *
     * @param model its name, of a model that is at hand
     * @throws dev.cloze.problem.ClozeException ADAPTER_MISMATCH where it was made for another
     */
    Adapter ofModel(Adapter adapter, String model);

    /**
     * A product as an adapter.
     *
     * @param identity of the product
     * @param tensors its tensors
     * @throws dev.cloze.problem.ClozeException ADAPTER_UNSUPPORTED where PEFT can't say what it is
     */
    Adapter adapter(ProductIdentity identity, Map<String, Tensor> tensors);
}
