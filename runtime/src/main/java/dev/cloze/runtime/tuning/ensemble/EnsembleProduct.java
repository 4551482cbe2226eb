package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Sharing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Products that answer together, whatever makes their scores. Members may have templates, words and models of their own; those of one
 * model share its weights and its tokenizer, and where all leave it as it is, they ask it in the same batches.
 */
public final class EnsembleProduct implements LabelProduct {

    private final EnsembleMembers<LabelProduct> members;
    private final Optional<Sharing<List<LabelAnswers>>> sharing;

    private EnsembleProduct(EnsembleMembers<LabelProduct> members) {
        this.members = members;
        this.sharing = Sharing.all(
                members.products().stream().map(LabelProduct::sharing).toList());
    }

    /** Takes over its members, at least one, whose scores are averaged; with weights that are all 0 each counts the same. */
    public static EnsembleProduct of(List<EnsembleMember<LabelProduct>> members) {
        return of(members, Tally.SCORES);
    }

    /** The same with scores that come together so. */
    public static EnsembleProduct of(List<EnsembleMember<LabelProduct>> members, Tally tally) {
        return new EnsembleProduct(EnsembleMembers.of(members, tally));
    }

    /** Whether this was saved of an ensemble. */
    public static boolean isSavedIn(SavedProduct saved) {
        return EnsembleIdentity.isOf(saved.settings());
    }

    /** Whether this is of an ensemble. */
    public static boolean isOf(ProductIdentity identity) {
        return EnsembleIdentity.isOf(identity.settings());
    }

    /** What was saved of an ensemble; what it is made for is checked before any tensor is read. */
    public static EnsembleProduct read(SavedProduct saved, MemberReader<LabelProduct> reader) {
        return new EnsembleProduct(EnsembleMembers.read(saved, reader));
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return answers(EnsembleAnswers.of(members, sharing)).answer(inputs);
    }

    @Override
    public Optional<Sharing<LabelAnswers>> sharing() {
        return sharing.map(shared ->
                new Sharing<>(shared.model(), other -> answers(EnsembleAnswers.over(members, shared, other))));
    }

    private static LabelAnswers answers(EnsembleAnswers<LabelAnswers> together) {
        return inputs -> together.of(inputs, (place, member, chunk) -> member.answer(chunk));
    }

    @Override
    public ProductIdentity identity() {
        return members.identity();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return members.tensors();
    }

    @Override
    public Optional<String> remark() {
        return members.remark();
    }

    @Override
    public Map<String, List<String>> texts() {
        return members.texts();
    }

    @Override
    public void close() {
        members.close();
    }
}
