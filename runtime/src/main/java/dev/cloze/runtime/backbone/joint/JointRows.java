package dev.cloze.runtime.backbone.joint;

import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Rows of several callers, one caller's after the other's, which are asked about in batches of like length. */
final class JointRows {

    private final Backbone backbone;
    private final LongAdder passes;
    private final List<TokenRow> rows = new ArrayList<>();
    private final List<Injection> each = new ArrayList<>();

    /** @param passes counts the batches */
    JointRows(Backbone backbone, LongAdder passes) {
        this.backbone = backbone;
        this.passes = passes;
    }

    /** What a batch is asked. */
    interface Question<R> {

        /** One answer a row, in their order. */
        List<R> ask(NDManager scope, List<TokenRow> rows, Injection injection);
    }

    void add(List<TokenRow> more, Injection injection) {
        rows.addAll(more);
        each.addAll(Collections.nCopies(more.size(), injection));
    }

    /** The answers of all rows, in the order in which they were added. */
    <R> List<R> ask(Question<R> question) {
        return ask(question, rows);
    }

    /** The same where a batch may have rows that ask for unequally many places, each for one at least. */
    <R> List<R> askUnlike(Question<R> question) {
        return ask(question, TokenRow.alike(rows));
    }

    private <R> List<R> ask(Question<R> question, List<TokenRow> alike) {
        List<R> answers = new ArrayList<>(Collections.nCopies(rows.size(), null));
        for (int[] bucket : backbone.buckets(alike)) {
            List<R> some = ask(question, bucket);
            for (int i = 0; i < bucket.length; i++) {
                answers.set(bucket[i], some.get(i));
            }
        }
        return answers;
    }

    private <R> List<R> ask(Question<R> question, int[] bucket) {
        passes.increment();
        try (NDManager scope = backbone.memory().newSubManager()) {
            JointInjection joint = JointInjection.of(
                    scope, Arrays.stream(bucket).mapToObj(each::get).toList());
            List<TokenRow> members = Arrays.stream(bucket).mapToObj(rows::get).toList();
            return question.ask(scope, joint.rows(members), joint.injection());
        }
    }
}
