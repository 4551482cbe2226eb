package dev.cloze.runtime.search;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/** The methods by which candidates can be ranked: a training of theirs depends on template and words, and on examples alone. */
public final class RankingMethods {

    private RankingMethods() {}

    /**
     * Refuses a method that ranks nothing.
     *
     * @param kind of the task
     * @param what is ranked, to begin a sentence with: {@code "Templates"}
     * @param otherwise a sentence that names what can be done without ranking
     */
    public static void require(TuningMethod method, TaskKind kind, String what, String otherwise) {
        MethodTraits row = MethodTable.of(method, kind);
        if (!isOne(row)) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    what + " are ranked by tuning with each of them, and " + method + " " + why(row) + "."
                            + "\n  Search with trainer().method(...) and one of "
                            + MethodTable.names(one -> one.kind() == kind && isOne(one))
                            + ", and tune with what is found by any.\n  " + otherwise);
        }
    }

    private static boolean isOne(MethodTraits row) {
        return row.readsWords() && row.inSteps() && !row.unlabeledTexts();
    }

    private static String why(MethodTraits row) {
        if (!row.readsWords()) {
            return "reads neither the words of labels nor those of a template, so that all would have equal results";
        }
        return row.unlabeledTexts()
                ? "trains with texts without a label too, which a search is not given"
                : "trains nothing";
    }
}
