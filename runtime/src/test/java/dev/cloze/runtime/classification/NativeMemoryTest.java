package dev.cloze.runtime.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PoisonedModel;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.engine.OpenRoots;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.mask.Asking;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native memory has one owner each: what is opened is shared, what is closed is freed. */
class NativeMemoryTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    /** A task with room for one token of text. */
    private static final ClassificationTask<Review, Sentiment> CRAMPED = Reviews.asked("{text|fixed} So it was {mask}.")
            .calibration(Calibration.CONTEXTUAL)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en")
                    .with("maxLength", 8))
            .build();

    @TempDir
    private Path folder;

    private int rootsBefore;

    @BeforeEach
    void countRoots() {
        assertThat(OpenModels.count()).isZero();
        rootsBefore = OpenRoots.count();
    }

    @AfterEach
    void everyRootIsClosed() {
        assertThat(OpenModels.count()).isZero();
        assertThat(OpenRoots.count()).isEqualTo(rootsBefore);
    }

    @Test
    void pipelinesOfOneModelShareItAndTheLastFreesIt() {
        PromptPipeline<Review, Sentiment> first = PromptPipeline.zeroShot(Reviews.TASK);
        PromptPipeline<Review, Sentiment> second = PromptPipeline.zeroShot(Reviews.TASK);
        assertThat(OpenModels.count()).isEqualTo(1);
        first.close();
        first.close();
        assertThat(OpenRoots.count()).isEqualTo(rootsBefore + 1);
        assertThat(second.predict(new Review("Still here.")).probability()).isPositive();
        second.close();
    }

    @Test
    void whatFailsLeavesNoModelOpen() {
        ClassificationTask<Review, Sentiment> unknownWord =
                Reviews.builder().label(Sentiment.POSITIVE, "\uD83E\uDD80").build();
        assertThat(catching(() -> PromptPipeline.zeroShot(unknownWord))).contains("[VerbalizerUnknownWord]");
        assertThat(catching(() -> PromptTrainer.of(Reviews.TASK).fit(List.of())))
                .contains("[TrainingTooFewExamples]");
    }

    @Test
    void aTrainingLeavesNothingBehindButItsPipelineAndSoDoesLoadingIt() {
        try (PromptPipeline<Review, Sentiment> tuned = trainer(Reviews.TASK).fit(EXAMPLES, EXAMPLES)) {
            assertThat(OpenModels.count()).isEqualTo(1);
            assertThat(OpenRoots.count()).isEqualTo(rootsBefore + 2);
            tuned.save(folder.resolve("tuned"));
        }
        everyRootIsClosed();
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, folder.resolve("tuned"))) {
            assertThat(OpenRoots.count()).isEqualTo(rootsBefore + 2);
            assertThat(loaded.labels()).hasSize(2);
        }
    }

    @Test
    void wordsThatAreScoredJointlyLeaveNothingBehind() {
        ClassificationTask<Review, Sentiment> joint = Reviews.builder()
                .label(Sentiment.POSITIVE, "worth seeing")
                .label(Sentiment.NEGATIVE, "a waste")
                .build();
        try (PromptPipeline<Review, Sentiment> tuned = trainer(joint).fit(EXAMPLES, EXAMPLES)) {
            assertThat(tuned.evaluate(EXAMPLES).n()).isEqualTo(EXAMPLES.size());
        }
    }

    @Test
    void aDivergedTrainingLeavesNothingBehind() throws IOException {
        Path poisoned = PoisonedModel.in(folder.resolve("poisoned"));
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, poisoned.toString()))
                .build();
        List<Labeled<Review, Sentiment>> train = new ArrayList<>(EXAMPLES);
        train.add(PoisonedModel.EXAMPLE);
        PromptTrainer<Review, Sentiment> trainer = trainer(task).options(options -> options.withBatchSize(1)
                .withMaxSteps(40)
                .withEvaluateEvery(1)
                .withCheckpointFolder(folder.resolve("checkpoints")));
        assertThat(catching(() -> trainer.fit(train, EXAMPLES)))
                .contains("[TrainingDiverged]")
                .contains("The best weights are saved in");
    }

    @Test
    void aTrainingThatFailsLeavesNothingBehind() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        PromptTrainer<Review, Sentiment> trainer =
                trainer(Reviews.TASK).options(options -> options.withCheckpointFolder(file.resolve("checkpoints")));
        assertThat(catching(() -> trainer.fit(EXAMPLES))).contains("[DiskWrite]");
    }

    /** Calibration asks about a text of several tokens, for which there is no room. */
    @Test
    void whatCannotBeCalibratedIsToldBeforeTheTrainingAndLeavesNothingBehind() {
        List<Integer> steps = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                steps.add(step.step());
            }
        };
        List<Labeled<Review, Sentiment>> words = List.of(
                new Labeled<>(new Review("nice"), Sentiment.POSITIVE),
                new Labeled<>(new Review("ugly"), Sentiment.NEGATIVE));
        assertThat(catching(() -> trainer(CRAMPED).listener(listener).fit(words)))
                .contains("[InputTooLong]");
        assertThat(steps).isEmpty();
    }

    @Test
    void loadedWeightsThatCannotBeCalibratedAreFreed() {
        LanguageModel model = LanguageModel.open(CRAMPED.tuning().backbone());
        Backbone tuned = model.backbone().withWeights(model.backbone().weights());
        LabelTask task = LabelTask.of(CRAMPED);
        CompiledTask compiled = CompiledTask.of(task, task.templates().get(0), model);
        try (MaskProduct product = MaskProduct.uncalibrated(model, compiled, tuned, Asking.plainly(compiled))) {
            ClassifierArchive.save(new Session<>(CRAMPED, product, TrainingRecord.NONE), folder);
        }
        assertThat(catching(() -> ClassifierArchive.load(CRAMPED, folder))).contains("[InputTooLong]");
    }

    private static PromptTrainer<Review, Sentiment> trainer(ClassificationTask<Review, Sentiment> task) {
        return PromptTrainer.of(task).quiet().options(options -> options.withMaxSteps(2));
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
