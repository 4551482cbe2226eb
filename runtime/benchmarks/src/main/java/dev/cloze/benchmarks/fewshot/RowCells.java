package dev.cloze.benchmarks.fewshot;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.benchmarks.fewshot.TableRow.Cell;
import dev.cloze.benchmarks.fewshot.TableRow.Measured;
import dev.cloze.runtime.FoundWords;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.WordSearch;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.TextExample;
import java.util.List;
import java.util.function.Function;

/** How cells are measured. */
final class RowCells {

    /** The budget of every training, the best of five evaluations on the development set. */
    private static final int STEPS = 250;

    private static final int BATCH = 8;

    /** Pairs of texts, as many as SetFit usually takes. */
    private static final int PAIRS = 16;

    private static final int EVALUATE_EVERY = 50;

    /** Word sets that are tried, and the steps of each trial. */
    private static final int WORD_SETS = 10;

    private static final int WORD_STEPS = 50;

    private RowCells() {}

    static Measured majority(FewShotTask task, FewShotData data, int seed, double learningRate) {
        return new Measured(task.majority(data.dev()), task.majority(data.test()));
    }

    /** Without any training. */
    static Cell untrained(TaskTuning tuning, Calibration calibration) {
        return (task, data, seed, learningRate) -> {
            var declared = declared(task, List.of(task.template()), tuning, calibration);
            try (PromptPipeline<TextExample, String> pipeline = PromptPipeline.zeroShot(declared)) {
                return measured(pipeline, data);
            }
        };
    }

    /** Trained with one template, by its place among the patterns, the first of which is the one of all other rows. */
    static Cell trained(TaskTuning tuning, int pattern) {
        MethodTraits method = MethodTable.of(tuning.method(), TaskKind.CLASSIFICATION);
        return trained(tuning, task -> task.readBy(method, task.patterns().get(pattern)));
    }

    /** Trained on two texts as the template has them, in one segment. */
    static Cell joined(TaskTuning tuning) {
        return trained(tuning, FewShotTask::template);
    }

    private static Cell trained(TaskTuning tuning, Function<FewShotTask, String> template) {
        return (task, data, seed, learningRate) -> {
            var declared = declared(task, List.of(template.apply(task)), tuning, Calibration.NONE);
            return fitted(trainer(declared, seed, learningRate), data);
        };
    }

    /** Trained with the words that are found before. */
    static Cell searchedWords(TaskTuning tuning) {
        return (task, data, seed, learningRate) -> {
            var declared = declared(task, List.of(task.template()), tuning, Calibration.NONE);
            FoundWords<String> found = trainer(declared, seed, learningRate)
                    .options(options -> options.withMaxSteps(WORD_STEPS).withEvaluateEvery(WORD_STEPS))
                    .searchWords(
                            WordSearch.byCombination().withKept(WORD_SETS),
                            FewShotData.labeled(data.train()),
                            FewShotData.labeled(data.dev()));
            return fitted(
                    trainer(declared, seed, learningRate).words(found.best().words()), data);
        };
    }

    /** Trained with all patterns and texts without a label. */
    static Cell patterns(TaskTuning tuning) {
        return (task, data, seed, learningRate) -> {
            var declared = declared(task, task.patterns(), tuning, Calibration.NONE);
            try (PromptPipeline<TextExample, String> pipeline = trainer(declared, seed, learningRate)
                    .fit(FewShotData.labeled(data.train()), FewShotData.labeled(data.dev()), data.unlabeled())) {
                return measured(pipeline, data);
            }
        };
    }

    private static PromptTrainer<TextExample, String> trainer(
            ClassificationTask<TextExample, String> declared, int seed, double learningRate) {
        int batch = declared.tuning().method() == TuningMethod.SETFIT ? PAIRS : BATCH;
        return PromptTrainer.of(declared)
                .sharedOptions(options -> budget(options, seed, learningRate).withBatchSize(batch))
                .quiet();
    }

    static TrainingOptions budget(TrainingOptions options, int seed, double learningRate) {
        TrainingOptions all = options.withBatchSize(BATCH)
                .withMaxSteps(STEPS)
                .withWarmupSteps(0)
                .withEvaluateEvery(EVALUATE_EVERY)
                .withSeed(seed);
        return learningRate == 0 ? all : all.withLearningRate(learningRate);
    }

    private static Measured fitted(PromptTrainer<TextExample, String> trainer, FewShotData data) {
        try (PromptPipeline<TextExample, String> pipeline =
                trainer.fit(FewShotData.labeled(data.train()), FewShotData.labeled(data.dev()))) {
            return measured(pipeline, data);
        }
    }

    private static Measured measured(PromptPipeline<TextExample, String> pipeline, FewShotData data) {
        return new Measured(
                pipeline.evaluate(FewShotData.labeled(data.dev())).accuracy(),
                pipeline.evaluate(FewShotData.labeled(data.test())).accuracy());
    }

    static ClassificationTask<TextExample, String> declared(
            FewShotTask task, List<String> templates, TaskTuning tuning, Calibration calibration) {
        ClassificationTask.Builder<TextExample, String> builder = ClassificationTask.of(TextExample.class, String.class)
                .tuning(tuning)
                .calibration(calibration);
        if (task.isOfPairs()) {
            builder.placeholder("first", TextExample::title);
        }
        builder.placeholder("text", TextExample::text);
        templates.forEach(builder::template);
        task.words().forEach((label, words) -> builder.label(label, words.toArray(String[]::new)));
        return builder.build();
    }
}
