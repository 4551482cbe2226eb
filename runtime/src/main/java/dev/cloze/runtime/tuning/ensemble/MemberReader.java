package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.SavedProduct;

/** Opens a member of an ensemble as it was saved. */
@FunctionalInterface
interface MemberReader<P extends Product> {

    /**
     * The member.
     *
     * @param template the place of its template among the distinct templates of the ensemble, from 0
     */
    P read(int template, SavedProduct saved);
}
