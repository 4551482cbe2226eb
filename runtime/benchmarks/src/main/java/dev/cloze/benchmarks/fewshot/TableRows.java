package dev.cloze.benchmarks.fewshot;

import static dev.cloze.annotations.TuningMethod.FINE_TUNING;
import static dev.cloze.annotations.TuningMethod.IN_CONTEXT;
import static dev.cloze.annotations.TuningMethod.IPET;
import static dev.cloze.annotations.TuningMethod.LM_BFF;
import static dev.cloze.annotations.TuningMethod.LSTM;
import static dev.cloze.annotations.TuningMethod.PET;
import static dev.cloze.annotations.TuningMethod.PROMPT_FINE_TUNING;
import static dev.cloze.annotations.TuningMethod.SETFIT;
import static dev.cloze.annotations.TuningMethod.TF_IDF;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.FineTuning;
import dev.cloze.annotations.TfIdf;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.fewshot.TableRow.Cell;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.LmBffSplits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rows of the table, in its order; those of PET's single patterns are for its analysis. */
final class TableRows {

    private static final List<Integer> SEEDS = LmBffSplits.SEEDS;
    private static final String ORIGIN = "all-MiniLM-L6-v2";

    private static final List<TableRow> PATTERNS = List.of(pattern(1), pattern(2), pattern(3));

    private static final List<TableRow> HARD = List.of(
            row("majority", "Commonest label", 0, RowCells::majority),
            row("tf-idf-bayes", "TF-IDF, naive Bayes", 1, once(tfIdf(TfIdf.Classifier.NAIVE_BAYES))),
            row(
                    "tf-idf-regression",
                    "TF-IDF, logistic regression",
                    1,
                    once(tfIdf(TfIdf.Classifier.LOGISTIC_REGRESSION))),
            row("lstm", "LSTM over word vectors", 20, once(of(LSTM))),
            row("fine-tuning", "Fine-tuning", Search.FINE_TUNING, 120, once(of(FINE_TUNING))),
            row(
                    "fine-tuning-mean",
                    "Fine-tuning, mean pooling",
                    Search.FINE_TUNING,
                    120,
                    once(of(FINE_TUNING).with("pooling", FineTuning.Pooling.MEAN))),
            row(
                    "fine-tuning-origin",
                    "Fine-tuning of " + ORIGIN,
                    Search.FINE_TUNING,
                    120,
                    once(TaskTuning.of(FINE_TUNING, ORIGIN))),
            row("setfit", "SetFit", Search.SETFIT, 200, once(of(SETFIT))),
            row("setfit-origin", "SetFit of " + ORIGIN, Search.SETFIT, 200, once(TaskTuning.of(SETFIT, ORIGIN))),
            row("zero-shot", "Zero-shot", 20, RowCells.untrained(of(PROMPT_FINE_TUNING), Calibration.NONE)),
            row(
                    "calibrated",
                    "Zero-shot, contextual calibration",
                    20,
                    RowCells.untrained(of(PROMPT_FINE_TUNING), Calibration.CONTEXTUAL)),
            row("in-context", "In-context", 400, once(of(IN_CONTEXT))),
            row("prompt", "Prompt-based fine-tuning", Search.PROMPT, 120, once(of(PROMPT_FINE_TUNING))),
            row(
                    "demonstrations",
                    "... with demonstrations",
                    Search.DEMONSTRATIONS,
                    300,
                    once(of(LM_BFF).with("sets", 4).with("devSets", 1))),
            row(
                    "words",
                    "... with automatic words",
                    Search.PROMPT,
                    400,
                    RowCells.searchedWords(of(PROMPT_FINE_TUNING))),
            few("pet", "PET", 900, patterns(PET)),
            few("ipet", "iPET", 2400, patterns(IPET)));

    /** How fine-tuning learns pairs that are one text to it, as they are to prompts; of single texts it is fine-tuning. */
    private static final TableRow JOINED = row(
            "fine-tuning-joined",
            "Fine-tuning, both texts as one",
            Search.FINE_TUNING,
            120,
            RowCells.joined(of(FINE_TUNING)));

    private static final List<TableRow> METHODS =
            Stream.concat(HARD.stream(), SoftRows.all().stream()).toList();

    /** Rows that are measured on pairs of texts too. */
    private static final Set<String> OF_PAIRS = Set.of(
            "majority",
            "tf-idf-bayes",
            "fine-tuning",
            "fine-tuning-joined",
            "fine-tuning-origin",
            "setfit-origin",
            "zero-shot",
            "in-context",
            "prompt",
            "demonstrations");

    private TableRows() {}

    /** All rows, those that only the analysis needs last. */
    static List<TableRow> all() {
        return Stream.of(METHODS, List.of(JOINED), PATTERNS)
                .flatMap(List::stream)
                .toList();
    }

    /** Those of the table. */
    static List<TableRow> methods() {
        return METHODS;
    }

    /** Those of the table of pairs. */
    static List<TableRow> ofPairs() {
        List<TableRow> rows = new ArrayList<>();
        for (TableRow row : METHODS) {
            if (OF_PAIRS.contains(row.id())) {
                rows.add(row);
            }
            if (row.id().equals("fine-tuning")) {
                rows.add(JOINED);
            }
        }
        return rows;
    }

    /** What a row is measured on. */
    static List<FewShotTask> tasks(TableRow row) {
        List<FewShotTask> tasks = new ArrayList<>(row == JOINED ? List.of() : FewShotTasks.all());
        if (OF_PAIRS.contains(row.id())) {
            tasks.addAll(PairTasks.all());
        }
        if (SimilarityCells.has(row.id())) {
            tasks.add(PairTasks.similarity());
        }
        return tasks;
    }

    /** How a row is measured on a data set. */
    static Cell cell(TableRow row, FewShotTask task) {
        return task.name().equals(PairTasks.similarity().name()) ? SimilarityCells.of(row.id()) : row.cell();
    }

    /** The row that a group's learning rate is searched with: the group's first. */
    static TableRow searchedFor(Search search) {
        return METHODS.stream()
                .filter(row -> row.search() == search)
                .findFirst()
                .orElseThrow();
    }

    private static TaskTuning of(TuningMethod method) {
        return TaskTuning.of(method, Tuning.DEFAULT_BACKBONE);
    }

    private static TaskTuning tfIdf(TfIdf.Classifier classifier) {
        return of(TF_IDF).with("classifier", classifier);
    }

    private static Cell once(TaskTuning tuning) {
        return RowCells.trained(tuning, 0);
    }

    private static Cell patterns(TuningMethod method) {
        return RowCells.patterns(
                of(method).with("repetitions", 1).with("distillationSteps", 500).with("distillationBatchSize", 16));
    }

    private static TableRow pattern(int number) {
        return few(
                "pattern-" + (number + 1),
                "Pattern " + (number + 1),
                120,
                RowCells.trained(of(PROMPT_FINE_TUNING), number));
    }

    private static TableRow row(String id, String title, int seconds, Cell cell) {
        return row(id, title, Search.NONE, seconds, cell);
    }

    private static TableRow row(String id, String title, Search search, int seconds, Cell cell) {
        return new TableRow(id, title, search, SEEDS, seconds, cell);
    }

    /** Of three seeds, with the learning rate of prompt-based fine-tuning. */
    private static TableRow few(String id, String title, int seconds, Cell cell) {
        return new TableRow(id, title, Search.PROMPT, FewShotTable.FEW_SEEDS, seconds, cell);
    }
}
