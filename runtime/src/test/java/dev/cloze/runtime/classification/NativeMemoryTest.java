package dev.cloze.runtime.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Native memory has one owner each: what is opened is shared, what is closed is freed. */
class NativeMemoryTest {

    @Test
    void pipelinesOfOneModelShareItAndTheLastFreesIt() {
        assertThat(OpenModels.count()).isZero();
        PromptPipeline<Review, Sentiment> first = PromptPipeline.zeroShot(Reviews.TASK);
        PromptPipeline<Review, Sentiment> second = PromptPipeline.zeroShot(Reviews.TASK);
        assertThat(OpenModels.count()).isEqualTo(1);
        first.close();
        first.close();
        assertThat(second.predict(new Review("Still here.")).probability()).isPositive();
        second.close();
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void whatFailsLeavesNoModelOpen() {
        ClassificationTask<Review, Sentiment> unknownWord =
                Reviews.builder().label(Sentiment.POSITIVE, "\uD83E\uDD80").build();
        assertThat(catching(() -> PromptPipeline.zeroShot(unknownWord))).contains("[VerbalizerUnknownWord]");
        assertThat(catching(() -> PromptTrainer.of(Reviews.TASK).fit(List.of())))
                .contains("[TrainingTooFewExamples]");
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aTrainingLeavesNothingBehindButItsPipeline() {
        List<Labeled<Review, Sentiment>> examples = Reviews.examples();
        PromptTrainer<Review, Sentiment> trainer =
                PromptTrainer.of(Reviews.TASK).quiet().options(options -> options.withMaxSteps(2));
        try (PromptPipeline<Review, Sentiment> tuned = trainer.fit(examples)) {
            assertThat(OpenModels.count()).isEqualTo(1);
            assertThat(tuned.labels()).hasSize(2);
        }
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void predictionsLeaveNoNativeArrayBehind() {
        try (LanguageModel model = LanguageModel.open(Reviews.TASK.tuning().backbone());
                PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Reviews.TASK)) {
            List<Review> inputs =
                    Reviews.examples().stream().map(Labeled::input).toList();
            pipeline.predict(inputs);
            int arrays = model.backbone().memory().getManagedArrays().size();
            for (int i = 0; i < 50; i++) {
                pipeline.predict(inputs);
            }
            assertThat(model.backbone().memory().getManagedArrays()).hasSize(arrays);
        }
    }

    private static String catching(Runnable work) {
        try {
            work.run();
            return "";
        } catch (dev.cloze.problem.ClozeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
