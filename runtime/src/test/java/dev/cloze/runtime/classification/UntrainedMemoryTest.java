package dev.cloze.runtime.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.InstructionSet;
import dev.cloze.runtime.engine.OneDnn;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pipelines that nothing was tuned for are opened on a model that answers already: it stays as large as it is, and answers on. */
@Timeout(120)
class UntrainedMemoryTest {

    private static final String MODEL = Reviews.TASK.tuning().backbone();
    private static final List<Review> INPUTS =
            Reviews.examples().stream().map(Labeled::input).toList();
    private static final List<TokenRow> ROWS = List.of(new TokenRow(new int[] {2, 5, 4, 3}, new int[4], new int[] {2}));

    @AfterEach
    void noModelIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void anotherPipelineTakesNothingOfAModelThatAnswersAlready() {
        try (LanguageModel model = LanguageModel.open(MODEL)) {
            assumeTrue(OneDnn.isThere(model.backbone().device()), "this libtorch has no oneDNN");
            assumeTrue(InstructionSet.present().packsAll(), "matrices are kept as they are on this processor");
            ask(model);
            long asked = bytes(model);
            try (PromptPipeline<Review, Sentiment> first = PromptPipeline.zeroShot(Reviews.TASK)) {
                assertThat(bytes(model)).as("the first").isEqualTo(asked);
                first.predict(INPUTS);
                long predicted = bytes(model);
                try (PromptPipeline<Review, Sentiment> second = PromptPipeline.zeroShot(Reviews.TASK)) {
                    assertThat(bytes(model)).as("the second").isEqualTo(predicted);
                    assertThat(second.predict(INPUTS)).isEqualTo(first.predict(INPUTS));
                }
            }
        }
    }

    private static long bytes(LanguageModel model) {
        return model.backbone().memory().getManagedArrays().stream()
                .mapToLong(array -> array.size() * array.getDataType().getNumOfBytes())
                .sum();
    }

    /** The first question has matrices packed and frees the others, at which whoever opens a pipeline looks meanwhile. */
    @Test
    void weightsAreLookedAtWhileTheirModelIsFirstAsked() {
        float[] expected;
        try (LanguageModel model = LanguageModel.open(MODEL)) {
            expected = ask(model);
        }
        for (int i = 0; i < 30; i++) {
            try (LanguageModel model = LanguageModel.open(MODEL)) {
                CyclicBarrier both = new CyclicBarrier(2);
                CompletableFuture<float[]> asking = CompletableFuture.supplyAsync(() -> {
                    await(both);
                    return ask(model);
                });
                await(both);
                do {
                    FiniteWeights.require(model.backbone(), MODEL);
                } while (!asking.isDone());
                assertThat(asking.join()).isEqualTo(expected);
            }
        }
    }

    private static float[] ask(LanguageModel model) {
        return model.backbone().scores(ROWS, new int[0], true)[0][0];
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
