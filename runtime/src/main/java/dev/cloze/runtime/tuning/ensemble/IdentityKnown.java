package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;

/**
 * Ends the reading of a member where what it is made for is known, which is before its tensors are read: whether the ensemble
 * fits is known only when this is known of all.
 */
final class IdentityKnown extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ProductIdentity identity;

    private IdentityKnown(ProductIdentity identity) {
        super(null, null, false, false); // nobody sees it
        this.identity = identity;
    }

    /** What a member is made for at present. */
    static ProductIdentity of(int template, SavedProduct member, MemberReader<?> reader) {
        SavedProduct asked =
                new SavedProduct(member.tensors(), member.texts(), member.settings(), member.place(), present -> {
                    throw new IdentityKnown(present);
                });
        try (Product product = reader.read(template, asked)) {
            return product.identity();
        } catch (IdentityKnown known) {
            return known.identity;
        }
    }
}
