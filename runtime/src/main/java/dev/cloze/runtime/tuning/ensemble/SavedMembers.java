package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tuning.SavedProduct;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The members of a saved ensemble, each as if it had been saved alone. */
record SavedMembers(SavedProduct saved, int count, double[] shares, Tally tally) {

    static SavedMembers of(SavedProduct saved) {
        int count = number(saved, EnsembleIdentity.MEMBERS).intValue();
        double[] shares = IntStream.range(0, count)
                .mapToDouble(i -> number(saved, EnsembleIdentity.prefix(i) + EnsembleIdentity.SHARE))
                .toArray();
        return new SavedMembers(saved, count, shares, tally(saved));
    }

    private static Tally tally(SavedProduct saved) {
        String name = saved.settings().getOrDefault(EnsembleIdentity.TALLY, Tally.SCORES.name());
        return Arrays.stream(Tally.values())
                .filter(tally -> tally.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ClozeException(
                        Problem.ARCHIVE_UNREADABLE,
                        "The saved pipeline " + saved.place() + " cannot be opened: its setting \""
                                + EnsembleIdentity.TALLY + "\" is " + name + ", which this version doesn't know."));
    }

    interface Taker {
        void take(int template, SavedProduct member);
    }

    void each(Taker taker) {
        for (int i = 0; i < count; i++) {
            String prefix = EnsembleIdentity.prefix(i);
            int template = number(saved, prefix + EnsembleIdentity.TEMPLATE).intValue();
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

    private static Double number(SavedProduct saved, String setting) {
        String value = saved.settings().getOrDefault(setting, "(missing)");
        try {
            return Double.valueOf(value);
        } catch (NumberFormatException e) {
            throw new ClozeException(
                    Problem.ARCHIVE_UNREADABLE,
                    "The saved pipeline " + saved.place() + " cannot be opened: its setting \"" + setting + "\" is "
                            + value + ", and should be a number.",
                    e);
        }
    }
}
