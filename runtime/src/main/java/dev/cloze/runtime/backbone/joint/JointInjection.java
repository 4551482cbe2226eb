package dev.cloze.runtime.backbone.joint;

import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.InjectionRows;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is added to rows of several callers, as one injection.
 *
 * @param injection of all rows
 * @param virtualStarts the number that each row's virtual token 0 has among all
 */
record JointInjection(Injection injection, int[] virtualStarts) {

    /** Of one injection a row, in that scope. */
    static JointInjection of(NDManager scope, List<Injection> each) {
        return new JointInjection(InjectionRows.joined(scope, each), InjectionRows.virtualStarts(each));
    }

    /** The rows with their virtual tokens numbered among all. */
    List<TokenRow> rows(List<TokenRow> rows) {
        List<TokenRow> numbered = new ArrayList<>(rows.size());
        for (int r = 0; r < rows.size(); r++) {
            TokenRow row = rows.get(r);
            numbered.add(new TokenRow(ids(r, row.ids()), row.segments(), row.asked()));
        }
        return numbered;
    }

    /** The same for a row's ids alone. */
    int[] ids(int row, int[] ids) {
        int start = virtualStarts[row];
        return start == 0
                ? ids
                : Arrays.stream(ids).map(id -> id < 0 ? id - start : id).toArray();
    }
}
