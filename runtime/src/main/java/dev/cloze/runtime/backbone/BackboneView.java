package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A backbone that asks another in a way of its own: what the other one is, this is too. Copies are made of the one below. */
public abstract class BackboneView implements Backbone {

    private final Backbone base;

    /** @param base the backbone below, which stays its owner's */
    protected BackboneView(Backbone base) {
        this.base = base;
    }

    /** What is thrown at whoever wants a copy, or weights of another place. */
    protected abstract UnsupportedOperationException isNotCopied();

    /** The backbone below. */
    protected final Backbone base() {
        return base;
    }

    @Override
    public BackboneKind kind() {
        return base.kind();
    }

    @Override
    public BackboneShape shape() {
        return base.shape();
    }

    @Override
    public ClassifierHead classifier() {
        return base.classifier();
    }

    @Override
    public Map<PrefixSite, Integer> prefixSites() {
        return base.prefixSites();
    }

    @Override
    public ComputeDevice device() {
        return base.device();
    }

    @Override
    public Optional<String> missingHead() {
        return base.missingHead();
    }

    @Override
    public float[][] wordVectors(int[] tokens) {
        return base.wordVectors(tokens);
    }

    @Override
    public NDArray embeddings(NDManager scope, List<TokenRow> rows) {
        return base.embeddings(scope, rows);
    }

    @Override
    public Backbone trainableCopy() {
        throw isNotCopied();
    }

    @Override
    public Backbone trainableBody() {
        throw isNotCopied();
    }

    @Override
    public Backbone withWeights(Map<WeightSlot, NDArray> source) {
        throw isNotCopied();
    }

    @Override
    public Backbone withWeights(Checkpoint checkpoint, String name) {
        throw isNotCopied();
    }
}
