package dev.cloze.benchmarks.fewshot;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.benchmarks.fewshot.TableRow.Cell;
import dev.cloze.benchmarks.fewshot.TableRow.Measured;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.RegressionTrainer;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.TextExample;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How cells of STS-B are measured, whose examples have a number in the place of a label: by Pearson's correlation. */
final class SimilarityCells {

    private static final Map<String, Cell> CELLS = Map.of(
            "zero-shot", SimilarityCells::untrained,
            "fine-tuning", trained(of(TuningMethod.FINE_TUNING)),
            "fine-tuning-joined", trained(of(TuningMethod.FINE_TUNING), FewShotTask::template),
            "fine-tuning-origin", trained(TaskTuning.of(TuningMethod.FINE_TUNING, "all-MiniLM-L6-v2")),
            "prompt", trained(of(TuningMethod.PROMPT_FINE_TUNING)),
            "demonstrations", trained(of(TuningMethod.LM_BFF).with("sets", 4).with("devSets", 1)));

    private SimilarityCells() {}

    /** Whether a row is measured on it. */
    static boolean has(String row) {
        return CELLS.containsKey(row);
    }

    static Cell of(String row) {
        return CELLS.getOrDefault(row, (task, data, seed, rate) -> {
            throw new IllegalArgumentException(row + " gives no numbers");
        });
    }

    private static TaskTuning of(TuningMethod method) {
        return TaskTuning.of(method, Tuning.DEFAULT_BACKBONE);
    }

    private static Measured untrained(FewShotTask task, FewShotData data, int seed, double learningRate) {
        try (RegressionPipeline<TextExample> pipeline =
                RegressionPipeline.zeroShot(declared(task.template(), of(TuningMethod.PROMPT_FINE_TUNING)))) {
            return measured(pipeline, data);
        }
    }

    private static Cell trained(TaskTuning tuning) {
        MethodTraits method = MethodTable.of(tuning.method(), TaskKind.REGRESSION);
        return trained(tuning, task -> task.readBy(method, task.template()));
    }

    private static Cell trained(TaskTuning tuning, Function<FewShotTask, String> template) {
        return (task, data, seed, learningRate) -> {
            try (RegressionPipeline<TextExample> pipeline = RegressionTrainer.of(declared(template.apply(task), tuning))
                    .options(options -> RowCells.budget(options, seed, learningRate))
                    .quiet()
                    .fit(rated(data.train()), rated(data.dev()))) {
                return measured(pipeline, data);
            }
        };
    }

    private static Measured measured(RegressionPipeline<TextExample> pipeline, FewShotData data) {
        return new Measured(
                pipeline.evaluate(rated(data.dev())).pearson(),
                pipeline.evaluate(rated(data.test())).pearson());
    }

    private static List<Rated<TextExample>> rated(List<TextExample> examples) {
        return examples.stream()
                .map(example -> new Rated<>(example, Double.parseDouble(example.label())))
                .toList();
    }

    private static RegressionTask<TextExample> declared(String template, TaskTuning tuning) {
        return RegressionTask.of(TextExample.class)
                .template(template)
                .placeholder("first", TextExample::title)
                .placeholder("text", TextExample::text)
                .scale(0, 5, PairTasks.LOW, PairTasks.HIGH)
                .tuning(tuning)
                .build();
    }
}
