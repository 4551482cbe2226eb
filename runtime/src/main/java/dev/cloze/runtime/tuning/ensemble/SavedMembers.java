package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.tuning.SavedProduct;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The members of a saved ensemble, each as if it had been saved alone. */
record SavedMembers(SavedProduct saved, int count, double[] shares, Tally tally) {

    static SavedMembers of(SavedProduct saved) {
        int count = (int) saved.number(EnsembleIdentity.MEMBERS);
        double[] shares = IntStream.range(0, count)
                .mapToDouble(i -> saved.number(EnsembleIdentity.prefix(i) + EnsembleIdentity.SHARE))
                .toArray();
        return new SavedMembers(saved, count, shares, saved.constant(EnsembleIdentity.TALLY, Tally.SCORES));
    }

    interface Taker {
        void take(int template, SavedProduct member);
    }

    void each(Taker taker) {
        for (int i = 0; i < count; i++) {
            String prefix = EnsembleIdentity.prefix(i);
            int template = (int) saved.number(prefix + EnsembleIdentity.TEMPLATE);
            taker.take(
                    template,
                    new SavedProduct(
                            saved.tensors().beneath(prefix),
                            beneath(prefix, saved.texts()),
                            beneath(prefix + "of.", saved.settings()),
                            saved.place(),
                            // The ensemble as a whole has been checked.
                            identity -> {}));
        }
    }

    private static <T> Map<String, T> beneath(String prefix, Map<String, T> all) {
        Map<String, T> part = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), value);
            }
        });
        return part;
    }
}
