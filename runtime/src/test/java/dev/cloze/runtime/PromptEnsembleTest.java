package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.PromptTuning.Vote;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several prompts of one task that answer together. */
@ExtendWith(NothingLeftOpen.class)
class PromptEnsembleTest {

    private static final List<Labeled<Review, Sentiment>> TRAIN =
            Reviews.examples().subList(0, 8);
    private static final List<Labeled<Review, Sentiment>> DEV =
            Reviews.examples().subList(8, 16);
    private static final List<Review> INPUTS =
            Reviews.examples().stream().map(Labeled::input).toList();
    private static final int PROMPTS = 3;

    @TempDir
    Path folder;

    private static PromptTrainer<Review, Sentiment> trainer(UnaryOperator<TrainingOptions> change) {
        return trainer(Reviews.TASK, change);
    }

    private static PromptTrainer<Review, Sentiment> trainer(
            ClassificationTask<Review, Sentiment> task, UnaryOperator<TrainingOptions> change) {
        return PromptTrainer.of(task)
                .method(TuningMethod.PROMPT_TUNING)
                .quiet()
                .options(options -> change.apply(options.withMaxSteps(6)
                        .withBatchSize(4)
                        .withEvaluateEvery(3)
                        .withSeed(5)
                        .withLearningRate(0.1)
                        .with(TuningOptions.PROMPT_LENGTH, 4)
                        .with(PromptTuningOptions.PROMPTS, PROMPTS)));
    }

    /** The probability of the first label. */
    private static double positive(Prediction<Sentiment> prediction) {
        return prediction.probabilities().getOrDefault(Sentiment.POSITIVE, 0.0);
    }

    private static List<List<Prediction<Sentiment>>> alone(
            ClassificationTask<Review, Sentiment> task, UnaryOperator<TrainingOptions> change) {
        return IntStream.range(0, PROMPTS)
                .mapToObj(i -> {
                    try (PromptPipeline<Review, Sentiment> one = trainer(
                                    task,
                                    options ->
                                            change.apply(options.withSeed(5 + i).with(PromptTuningOptions.PROMPTS, 1)))
                            .fit(TRAIN, DEV)) {
                        return one.predict(INPUTS);
                    }
                })
                .toList();
    }

    private static void assertTogether(
            List<Prediction<Sentiment>> together, List<List<Prediction<Sentiment>>> alone, Vote vote) {
        for (int i = 0; i < INPUTS.size(); i++) {
            int input = i;
            double mean = alone.stream()
                    .mapToDouble(one -> positive(one.get(input)))
                    .average()
                    .orElseThrow();
            long votes = alone.stream()
                    .filter(one -> one.get(input).label() == Sentiment.POSITIVE)
                    .count();
            double expected = vote == Vote.MAJORITY ? (votes + mean) / (PROMPTS + 1) : mean;
            assertThat(positive(together.get(i))).isCloseTo(expected, within(1e-5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachAnswersAsItWouldAloneAndTheVotesAreCounted(Vote vote) {
        List<Prediction<Sentiment>> together;
        try (PromptPipeline<Review, Sentiment> tuned =
                trainer(options -> options.with(PromptTuningOptions.VOTE, vote)).fit(TRAIN, DEV)) {
            together = tuned.predict(INPUTS);
            tuned.save(folder.resolve("saved"));
            assertThat(tuned.predict(INPUTS)).as("the same bits each time").isEqualTo(together);
            List<CompletableFuture<List<Prediction<Sentiment>>>> threads = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> tuned.predict(INPUTS)))
                    .toList();
            threads.forEach(answers -> assertThat(answers.join()).isEqualTo(together));
        }
        List<List<Prediction<Sentiment>>> alone = alone(Reviews.TASK, options -> options);
        assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
        assertTogether(together, alone, vote);
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, folder.resolve("saved"))) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(together);
        }
        try (Checkpoint tensors = Checkpoint.openFile(folder.resolve("saved/tuned.safetensors"))) {
            assertThat(tensors.names())
                    .as("three prompts, and nothing of the model")
                    .containsExactlyInAnyOrder(
                            "member.0.prompt_embeddings", "member.1.prompt_embeddings", "member.2.prompt_embeddings");
        }
    }

    private String model(BackboneKind kind) {
        List<String> words = KindContract.words(INPUTS.stream().map(Review::text));
        Path path = folder.resolve(kind.name());
        return switch (kind) {
            case ENCODER -> "cloze-tiny-en";
            case DECODER -> TinyModels.decoder(path, 64, words).toString();
            case ENCODER_DECODER -> TinyModels.encoderDecoder(path, words).toString();
        };
    }

    @ParameterizedTest
    @EnumSource
    void itServesEveryKindOfModel(BackboneKind kind) {
        ClassificationTask<Review, Sentiment> task = Reviews.asked("{text} It was {mask}")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_TUNING, model(kind)))
                .build();
        try (PromptPipeline<Review, Sentiment> tuned =
                trainer(task, options -> options).fit(TRAIN, DEV)) {
            assertTogether(tuned.predict(INPUTS), alone(task, options -> options), Vote.MAJORITY);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "KNOWLEDGEABLE", mode = EnumSource.Mode.EXCLUDE)
    void eachHasAVerbalizerOfItsOwnWhereThatIsTrained(VerbalizerKind kind) {
        UnaryOperator<TrainingOptions> trained = options -> options.with(VerbalizerOptions.KIND, kind);
        try (PromptPipeline<Review, Sentiment> tuned = trainer(trained).fit(TRAIN, DEV)) {
            assertTogether(tuned.predict(INPUTS), alone(Reviews.TASK, trained), Vote.MAJORITY);
        }
    }

    @Test
    void allRideInOnePassOfOneModel() {
        List<Prediction<Sentiment>> answers;
        try (PromptEngine engine = PromptEngine.open();
                PromptPipeline<Review, Sentiment> tuned =
                        trainer(options -> options).fit(TRAIN, DEV)) {
            assertThat(OpenModels.count()).isEqualTo(1);
            answers = tuned.predict(INPUTS);
            tuned.save(folder.resolve("served"));
            ServedPipeline<Review, Sentiment> served =
                    engine.add(PromptPipeline.load(Reviews.TASK, folder.resolve("served")));
            long before = engine.status().passes();
            double asked = positive(served.predict(INPUTS.get(0)));
            assertThat(engine.status().passes() - before).as("three prompts").isEqualTo(1);
            assertThat(asked).isCloseTo(positive(answers.get(0)), within(1e-5));
            assertThat(OpenModels.count()).isEqualTo(1);
        }
    }

    @Test
    void whatIsStoppedGoesOnWithThePromptThatItWasAt() {
        List<Prediction<Sentiment>> whole;
        try (PromptPipeline<Review, Sentiment> tuned =
                trainer(options -> options).fit(TRAIN, DEV)) {
            whole = tuned.predict(INPUTS);
        }
        int[] steps = {0};
        TrainingListener stopping = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                if (++steps[0] == 8) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        Path run = folder.resolve("run");
        PromptTrainer<Review, Sentiment> resumable =
                trainer(options -> options.withCheckpointFolder(run)).listener(stopping);
        assertThatThrownBy(() -> resumable.fit(TRAIN, DEV))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_STOPPED));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.resolve("model-1/result")).exists();
        assertThat(run.resolve("model-2/result")).doesNotExist();
        try (PromptPipeline<Review, Sentiment> resumed = resumable.fit(TRAIN, DEV)) {
            assertThat(resumed.predict(INPUTS)).isEqualTo(whole);
        }
        assertThat(steps[0]).as("no step is made twice").isEqualTo(PROMPTS * 6);
    }

    @Test
    void morePromptsAreAddedToThoseThatAreThere() throws IOException {
        Path run = folder.resolve("run");
        UnaryOperator<TrainingOptions> kept = options -> options.withCheckpointFolder(run);
        trainer(options -> kept.apply(options).with(PromptTuningOptions.PROMPTS, 2))
                .fit(TRAIN, DEV)
                .close();
        FileTime second = Files.getLastModifiedTime(run.resolve("model-2"));
        trainer(options -> kept.apply(options).with(PromptTuningOptions.VOTE, Vote.PROBABILITIES))
                .fit(TRAIN, DEV)
                .close();
        assertThat(Files.getLastModifiedTime(run.resolve("model-2"))).isEqualTo(second);
        assertThat(run.resolve("model-3/result")).exists();
    }

    @Test
    void anAdapterIsOnePrompt() {
        try (PromptPipeline<Review, Sentiment> tuned =
                trainer(options -> options).fit(TRAIN, DEV)) {
            assertThatThrownBy(() -> tuned.saveAdapter(folder.resolve("adapter")))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ADAPTER_UNSUPPORTED))
                    .hasMessageContaining("several prompts that answer together");
        }
    }

    @Test
    void itIsOfClassificationAlone() {
        assertThatThrownBy(() -> ClozeTrainer.of(Gaps.builder().build())
                        .method(TuningMethod.PROMPT_TUNING)
                        .quiet()
                        .options(options -> options.withMaxSteps(2).with(PromptTuningOptions.PROMPTS, 2))
                        .fit(Gaps.examples()))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TUNING_OPTION_NOT_APPLICABLE))
                .hasMessageContaining("The option prompts means nothing to PROMPT_TUNING of a task of the kind CLOZE");
    }
}
