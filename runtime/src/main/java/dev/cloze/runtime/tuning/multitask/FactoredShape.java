package dev.cloze.runtime.tuning.multitask;

import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import java.util.List;

/**
 * What multitask prompt tuning trains: P (P e) numbers that all tasks share, and P r + r e of each.
 *
 * @param tokens how many virtual tokens there are, P, and how long they are, e
 * @param rank r, of each task's own matrix
 * @param tasks how many there are
 */
record FactoredShape(VirtualTokens tokens, int rank, int tasks) {

    static final String COLUMNS = "prefix_task_cols.";
    static final String ROWS = "prefix_task_rows.";

    WeightSlot shared() {
        return WeightSlot.of(VirtualTokens.NAME, "promptLength", tokens.count(), tokens.size());
    }

    /** U of a task, (P, r). */
    WeightSlot columns(int task) {
        return WeightSlot.of(COLUMNS + task, "promptLength, rank", tokens.count(), rank);
    }

    /** V of a task, (r, e). */
    WeightSlot rows(int task) {
        return WeightSlot.of(ROWS + task, "rank", rank, tokens.size());
    }

    /** U and V of a task. */
    List<WeightSlot> own(int task) {
        return List.of(columns(task), rows(task));
    }
}
