package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.Reading;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods that read placeholders alone, on pairs of texts of which the first is always the same. */
@ExtendWith(NothingLeftOpen.class)
class SecondTextTest {

    private record Pair(String first, String second) {}

    private static final List<Labeled<Pair, Sentiment>> EXAMPLES = Reviews.examples().stream()
            .map(one -> new Labeled<>(new Pair("The same premise.", one.input().text()), one.label()))
            .toList();

    /** Not those that train keys and values alone, by which a model so small learns nothing in a few steps. */
    static Stream<TuningMethod> reading() {
        return MethodTable.rows().stream()
                .filter(row -> row.kind() == TaskKind.CLASSIFICATION && row.reading() == Reading.PLACEHOLDERS)
                .filter(row -> !row.prefixes())
                .map(MethodTraits::method);
    }

    @ParameterizedTest
    @MethodSource("reading")
    void labelsAreLearntFromTheSecondText(TuningMethod method) {
        ClassificationTask<Pair, Sentiment> task = ClassificationTask.of(Pair.class, Sentiment.class)
                .template("{first} {sep} {second} {mask}")
                .placeholder("first", Pair::first)
                .placeholder("second", Pair::second)
                .label(Sentiment.POSITIVE)
                .label(Sentiment.NEGATIVE)
                .tuning(TaskTuning.of(method, "cloze-tiny-en"))
                .build();
        boolean inSteps = MethodTable.of(method, TaskKind.CLASSIFICATION).inSteps();
        PromptTrainer<Pair, Sentiment> trainer = PromptTrainer.of(task)
                .quiet()
                .options(options ->
                        inSteps ? options.withMaxSteps(60).withEvaluateEvery(0).withLearningRate(2e-3) : options);
        try (PromptPipeline<Pair, Sentiment> tuned = trainer.fit(EXAMPLES)) {
            assertThat(tuned.evaluate(EXAMPLES).accuracy()).isGreaterThan(0.9);
        }
    }
}
