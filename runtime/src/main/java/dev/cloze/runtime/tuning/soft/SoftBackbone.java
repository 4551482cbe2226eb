package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneView;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A backbone together with what a soft method adds to it, which every pass gets: who asks it need not know.
 *
 * <p>Its weights and tensors are its own only: the vectors, and those of the backbone below where that is its own too. A
 * backbone below that others share stays open when this is closed, and has to be open as long as this is.
 */
public class SoftBackbone extends BackboneView {

    private final SoftForm form;
    private final SoftVectors vectors;

    /** Takes over the vectors. */
    SoftBackbone(Backbone base, SoftForm form, SoftVectors vectors) {
        super(base);
        this.form = form;
        this.vectors = vectors;
    }

    /** A backbone that others share, with vectors from there. */
    public static SoftBackbone over(Backbone shared, SoftForm form, WeightSource source) {
        return of(shared, form, StoredVectors.load(shared.device(), form, source));
    }

    /** A backbone that this takes over, and closes where it fails, with vectors from there. */
    public static SoftBackbone owning(Backbone own, SoftForm form, WeightSource source) {
        try {
            return of(own, form, StoredVectors.load(own.device(), form, source).with(own));
        } catch (RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    /** One that writes text where the backbone below does. */
    static SoftBackbone of(Backbone base, SoftForm form, SoftVectors vectors) {
        return base instanceof TextBackbone text
                ? new SoftTextBackbone(text, form, vectors)
                : new SoftBackbone(base, form, vectors);
    }

    /**
     * What asks another backbone in place of a shared model's as that which was tuned asks the model's: with the vectors that it
     * adds, which stay its own; empty where it has weights of its own.
     *
     * @param shared the model's
     * @param tuned what was tuned of it, or null for nothing
     */
    public static Optional<UnaryOperator<Backbone>> sharing(Backbone shared, @Nullable Backbone tuned) {
        if (tuned == null) {
            return Optional.of(other -> other);
        }
        return tuned instanceof SoftBackbone soft && soft.base() == shared
                ? Optional.of(other -> of(other, soft.form, soft.vectors))
                : Optional.empty();
    }

    /** How the vectors reach the backbone below. */
    public SoftForm form() {
        return form;
    }

    /** What a pass without a graph is given; nothing else can be added to it. */
    final Injection injection(NDManager scope, Injection more) {
        refuse(more);
        return vectors.injection(scope, form);
    }

    /** What a pass of a training over so many rows is given. */
    final Injection injection(NDManager scope, Dropout dropout, Injection more, int rows) {
        refuse(more);
        return form.injection(scope, vectors.now(), dropout, rows);
    }

    private static void refuse(Injection more) {
        if (!more.equals(Injection.NONE)) {
            throw new IllegalArgumentException("a backbone with vectors of its own takes no others");
        }
    }

    /** Of the vectors, apart from that of the backbone below. */
    @Override
    public NDManager memory() {
        return vectors.memory();
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        return vectors.weights();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return vectors.tensors();
    }

    @Override
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise, Injection injection) {
        try (NDManager scope = memory().newSubManager()) {
            return base().scores(rows, words, normalise, injection(scope, injection));
        }
    }

    @Override
    public float[][] vectors(List<TokenRow> rows, StatePooling pooling, Injection injection) {
        try (NDManager scope = memory().newSubManager()) {
            return base().vectors(rows, pooling, injection(scope, injection));
        }
    }

    @Override
    public NDArray logits(
            NDManager scope,
            List<TokenRow> rows,
            int[] words,
            boolean normalise,
            Dropout dropout,
            Injection injection) {
        return base().logits(scope, rows, words, normalise, dropout, injection(scope, dropout, injection, rows.size()));
    }

    @Override
    public NDArray states(
            NDManager scope, List<TokenRow> rows, StatePooling pooling, Dropout dropout, Injection injection) {
        return base().states(scope, rows, pooling, dropout, injection(scope, dropout, injection, rows.size()));
    }

    @Override
    public NDArray states(NDManager scope, List<TokenRow> rows, StatePooling pooling, Injection injection) {
        return base().states(scope, rows, pooling, injection(scope, injection));
    }

    @Override
    protected final UnsupportedOperationException isNotCopied() {
        return new UnsupportedOperationException("copies are made of the backbone below, or of the vectors");
    }

    @Override
    public void close() {
        vectors.close();
    }
}
