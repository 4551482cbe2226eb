package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.ClozeAnswer.RankedWord;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training makes small is what a pipeline says, whose numbers are held against transformers. */
class ClozeLossTest {

    @TempDir
    Path folder;

    @Test
    void theFirstLossOverCandidatesIsThatOfTheirShares() throws Exception {
        assertFirstLoss(
                Gaps.open("{text} It was {mask}.").candidates("great", "poor", "terrible"),
                word -> -Math.log(word.probability()));
    }

    @Test
    void theFirstLossOverCandidatesOfSeveralTokensIsToo() throws Exception {
        assertFirstLoss(
                Gaps.open("{text} It was {mask}.")
                        .multiTokenWords(MultiTokenWords.PARALLEL)
                        .candidates("great", "really good", "terrible", "not good at all"),
                word -> -Math.log(word.probability()));
    }

    @Test
    void theFirstLossOfAnOpenVocabularyIsOverAllTokens() throws Exception {
        assertFirstLoss(Gaps.open("{text} It was {mask}."), word -> -word.logProbability());
    }

    private void assertFirstLoss(ClozeTask.Builder<Review> builder, ToDoubleFunction<RankedWord> lossOf)
            throws IOException {
        String model = TinyModels.withoutDropout("cloze-tiny-en", folder.resolve("model"))
                .toString();
        ClozeTask<Review> task = builder.tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model))
                .build();
        List<Answered<Review>> examples = Gaps.examples();
        double expected = 0;
        try (ClozePipeline<Review> zero = ClozePipeline.zeroShot(task)) {
            for (Answered<Review> example : examples) {
                ClozeAnswer answer = task.candidates().isEmpty()
                        ? zero.predict(example.input(), List.of(example.answer()))
                        : zero.predict(example.input());
                expected += lossOf.applyAsDouble(answer.of(example.answer()).orElseThrow()) / examples.size();
            }
        }
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        ClozeTrainer.of(task)
                .quiet()
                .listener(listener)
                .options(options -> options.withMaxSteps(2).withBatchSize(examples.size()))
                .fit(examples)
                .close();
        assertThat(losses.get(0)).isCloseTo(expected, within(1e-4));
    }
}
