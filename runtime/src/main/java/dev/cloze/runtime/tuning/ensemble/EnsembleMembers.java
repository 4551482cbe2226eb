package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.demonstration.SavedDemonstrations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The members of an ensemble, whatever they answer: what each counts, and what they are saved as.
 *
 * @param products at least one
 * @param shares what each counts, together 1
 * @param tally how what they say comes together
 */
record EnsembleMembers<P extends Product>(List<P> products, double[] shares, Tally tally, ProductIdentity identity)
        implements AutoCloseable {

    /** Takes over its members, at least one; with weights that are all 0 each counts the same. */
    static <P extends Product> EnsembleMembers<P> of(List<EnsembleMember<P>> members, Tally tally) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("an ensemble has one member at least");
        }
        double[] weights = members.stream().mapToDouble(EnsembleMember::weight).toArray();
        return of(members.stream().map(EnsembleMember::product).toList(), Shares.of(weights), tally);
    }

    private static <P extends Product> EnsembleMembers<P> of(List<P> products, double[] shares, Tally tally) {
        List<ProductIdentity> identities =
                products.stream().map(Product::identity).toList();
        return new EnsembleMembers<>(
                List.copyOf(products), shares, tally, EnsembleIdentity.of(identities, shares, tally));
    }

    /** What was saved of an ensemble; what it is made for is checked before any tensor is read. */
    static <P extends Product> EnsembleMembers<P> read(SavedProduct saved, MemberReader<P> reader) {
        SavedMembers parts = SavedMembers.of(saved);
        List<ProductIdentity> identities = new ArrayList<>();
        parts.each((template, member) -> identities.add(IdentityKnown.of(template, member, reader)));
        saved.fit().accept(EnsembleIdentity.of(identities, parts.shares(), parts.tally()));
        List<P> opened = new ArrayList<>();
        try {
            parts.each((template, member) -> opened.add(reader.read(template, member)));
            return of(opened, parts.shares(), parts.tally());
        } catch (RuntimeException | Error e) {
            opened.forEach(Product::close);
            throw e;
        }
    }

    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        each((prefix, member) -> putAll(tensors, member.tensors(), name -> prefix + name));
        return tensors;
    }

    Map<String, List<String>> texts() {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        each((prefix, member) -> putAll(texts, member.texts(), name -> prefix + name));
        return texts;
    }

    /** What whoever saves them has to know, once for all of them. */
    Optional<String> remark() {
        return SavedDemonstrations.remark(products.stream().map(Product::texts).toList());
    }

    private interface OfMember {
        void take(String prefix, Product member);
    }

    private void each(OfMember taker) {
        for (int i = 0; i < products.size(); i++) {
            taker.take(EnsembleIdentity.prefix(i), products.get(i));
        }
    }

    private static <T> void putAll(Map<String, T> to, Map<String, T> from, UnaryOperator<String> name) {
        from.forEach((key, value) -> to.put(name.apply(key), value));
    }

    @Override
    public void close() {
        products.forEach(Product::close);
    }
}
