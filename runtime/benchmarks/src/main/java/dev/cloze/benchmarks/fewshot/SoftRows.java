package dev.cloze.benchmarks.fewshot;

import static dev.cloze.annotations.TuningMethod.PREFIX_TUNING;
import static dev.cloze.annotations.TuningMethod.PROMPT_TUNING;
import static dev.cloze.annotations.TuningMethod.P_TUNING;
import static dev.cloze.annotations.TuningMethod.P_TUNING_V2;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.fewshot.TableRow.Cell;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.LmBffSplits;
import java.util.List;

/** The rows of methods that train virtual tokens, twenty each, with the template and words of all other rows. */
final class SoftRows {

    private static final int LENGTH = 20;

    private SoftRows() {}

    static List<TableRow> all() {
        return List.of(
                row("prompt-tuning", "Prompt tuning", Search.PROMPT_TUNING, RowCells.trained(of(PROMPT_TUNING), 0)),
                row("p-tuning", "P-tuning, model frozen", Search.P_TUNING, RowCells.trained(frozen(true), 0)),
                row("p-tuning-joint", "P-tuning, model tuned too", Search.P_TUNING_JOINT, joint()),
                row("prefix-tuning", "Prefix tuning", Search.PREFIX_TUNING, RowCells.trained(of(PREFIX_TUNING), 0)),
                row("p-tuning-v2", "P-tuning v2", Search.P_TUNING_V2, RowCells.trained(of(P_TUNING_V2), 0)));
    }

    /** The model's weights at a tenth of the prompt's rate, as where neither is written. */
    private static Cell joint() {
        return (task, data, seed, learningRate) -> RowCells.trained(
                        frozen(false).with("backboneLearningRate", learningRate / 10), 0)
                .measure(task, data, seed, learningRate);
    }

    private static TaskTuning frozen(boolean frozen) {
        return of(P_TUNING).with("freezeBackbone", frozen);
    }

    private static TaskTuning of(TuningMethod method) {
        return TaskTuning.of(method, Tuning.DEFAULT_BACKBONE).with("promptLength", LENGTH);
    }

    private static TableRow row(String id, String title, Search search, Cell cell) {
        return new TableRow(id, title, search, LmBffSplits.SEEDS, 120, cell);
    }
}
