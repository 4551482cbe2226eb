package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.option.MultitaskOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.training.BatchOrder;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One prompt that several tasks share, from their examples to the next task that starts from it. */
@ExtendWith(NothingLeftOpen.class)
class MultitaskTrainerTest {

    private enum Topic {
        THING,
        EVENT
    }

    private static final List<Labeled<Review, Sentiment>> REVIEWS = Reviews.examples();
    private static final List<Labeled<Review, Topic>> TOPICS = REVIEWS.stream()
            .map(one -> new Labeled<>(
                    one.input(), one.input().text().matches(".*(room|book|charge).*") ? Topic.THING : Topic.EVENT))
            .toList();
    private static final ClassificationTask<Review, Topic> TOPIC = ClassificationTask.of(Review.class, Topic.class)
            .template("{text} It is about a {mask}.")
            .placeholder("text", Review::text)
            .label(Topic.THING, "book")
            .label(Topic.EVENT, "time")
            .tuning(Reviews.TASK.tuning())
            .build();

    private static final long SEED = 5;

    @TempDir
    private Path folder;

    private static MultitaskTrainer trainer(int steps) {
        return MultitaskTrainer.create()
                .quiet()
                .options(options -> options.withMaxSteps(steps).with(TuningOptions.PROMPT_LENGTH, 6))
                .teachers(options -> options.withMaxSteps(steps));
    }

    private static MultitaskTrainer both(int steps) {
        return trainer(steps)
                .task("reviews", PromptTrainer.of(Reviews.TASK), REVIEWS)
                .task("topics", PromptTrainer.of(TOPIC), TOPICS);
    }

    @Test
    void whatTasksShareIsSavedReadAgainAndTakenApart() throws IOException {
        SharedPrompt shared = both(30).options(options -> options.with(MultitaskOptions.RANK, 2))
                .fit();
        assertThat(shared.tasks()).containsExactly("reviews", "topics");
        assertThat(shared.length()).isEqualTo(6);
        assertThat(shared.rank()).isEqualTo(2);
        Path saved = folder.resolve("shared");
        shared.save(saved);
        SharedPrompt read = SharedPrompt.load(saved);
        assertThat(read.tasks()).isEqualTo(shared.tasks());
        shared.saveTask("reviews", folder.resolve("own"));
        read.saveTask("0", folder.resolve("again"));
        assertThat(Files.readAllBytes(folder.resolve("again/adapter_model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("own/adapter_model.safetensors")));
        try (PromptPipeline<Review, Sentiment> reviews = PromptPipeline.load(Reviews.TASK, folder.resolve("own"))) {
            assertThat(reviews.predict(REVIEWS.get(0).input()).probabilities()).hasSize(2);
        }
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, saved).close())
                .hasMessageContaining("[AdapterUnsupported]")
                .hasMessageContaining("reviews, topics");
        assertThatThrownBy(() -> shared.saveTask("review", folder.resolve("none")))
                .hasMessageContaining("[AdapterUnsupported]")
                .hasMessageContaining("Did you mean \"reviews\"?");
    }

    @Test
    void bothTasksAreLearntFromTheLabelsAndFromTeachers() {
        for (double teaching : new double[] {0, 0.9}) {
            List<Double> losses = new ArrayList<>();
            SharedPrompt shared = both(200)
                    .options(options -> options.with(TuningOptions.PROMPT_LENGTH, 20))
                    .teachers(options -> options.withLearningRate(0.02))
                    .teaching(teaching)
                    .listener(new TrainingListener() {
                        @Override
                        public void onStep(StepEnded step) {
                            losses.add(step.loss());
                        }
                    })
                    .fit();
            assertThat(mean(losses.subList(180, 200))).isLessThan(0.8 * mean(losses.subList(0, 20)));
            shared.saveTask("reviews", folder.resolve("reviews" + teaching));
            shared.saveTask("topics", folder.resolve("topics" + teaching));
            try (PromptPipeline<Review, Sentiment> reviews =
                            PromptPipeline.load(Reviews.TASK, folder.resolve("reviews" + teaching));
                    PromptPipeline<Review, Topic> topics =
                            PromptPipeline.load(TOPIC, folder.resolve("topics" + teaching))) {
                assertThat(reviews.evaluate(REVIEWS).accuracy()).isGreaterThan(0.7);
                assertThat(topics.evaluate(TOPICS).accuracy()).isGreaterThan(0.7);
            }
        }
    }

    /** A batch of one example is of one task: the first step's is of {@code topics}. */
    @Test
    void aTaskThatTheFirstStepHasNoExampleOfIsTrainedAsWell() throws IOException {
        assertThat(isOfTheFirstTask(SEED, 1)).isFalse();
        bytes(inTurn(1), "one");
        bytes(inTurn(40), "more");
        try (Checkpoint one = Checkpoint.openFile(folder.resolve("one/adapter_model.safetensors"));
                Checkpoint more = Checkpoint.openFile(folder.resolve("more/adapter_model.safetensors"))) {
            for (String own : List.of("prefix_task_cols", "prefix_task_rows")) {
                FloatBuffer before = one.floats(own);
                FloatBuffer after = more.floats(own);
                int half = before.capacity() / 2;
                assertThat(after.slice(0, half)).isNotEqualTo(before.slice(0, half));
                assertThat(after.slice(half, half)).isNotEqualTo(before.slice(half, half));
            }
        }
    }

    private static SharedPrompt inTurn(int steps) {
        return both(steps)
                .teaching(0)
                .options(options -> options.withBatchSize(1)
                        .withSeed(SEED)
                        .withSchedule(TrainingOptions.Schedule.CONSTANT)
                        .withWeightDecay(0))
                .fit();
    }

    private static boolean isOfTheFirstTask(long seed, int step) {
        return new BatchOrder(REVIEWS.size() + TOPICS.size(), 1, seed).batch(step)[0] < REVIEWS.size();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** A decoder and a T5 that choose labels in one task and write texts in another, each taught by a prompt of its own. */
    @ParameterizedTest
    @EnumSource(value = BackboneKind.class, names = "ENCODER", mode = EnumSource.Mode.EXCLUDE)
    void tasksThatWriteAreSourcesBesideOthersAndAlone(BackboneKind kind) {
        String model = ServedTasks.model(kind, folder);
        List<TextPair<Place>> places = Places.pairs();
        TextTask<Place> writing = Places.task(Path.of(model));
        ClassificationTask<Review, Sentiment> choosing = Reviews.asked("{text} It was {mask}")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_TUNING, model))
                .build();
        List<Double> losses = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        SharedPrompt shared = trainer(40)
                .task("places", TextTrainer.of(writing), places.subList(0, 20), places.subList(20, 24))
                .task("reviews", PromptTrainer.of(choosing), REVIEWS.subList(0, 12), REVIEWS.subList(12, 16))
                .options(options -> options.withEvaluateEvery(20))
                .listener(new TrainingListener() {
                    @Override
                    public void onStep(StepEnded step) {
                        losses.add(step.loss());
                    }

                    @Override
                    public void onEvaluation(EvaluationEnded evaluation) {
                        scores.add(evaluation.score());
                    }
                })
                .fit();
        assertThat(mean(losses.subList(30, 40))).isLessThan(mean(losses.subList(0, 10)));
        assertThat(scores).hasSize(2).allMatch(score -> score > 0 && score < 1);
        assertThat(shared.tasks()).containsExactly("places", "reviews");
        shared.saveTask("places", folder.resolve("places"));
        shared.saveTask("reviews", folder.resolve("reviews"));
        try (TextPipeline<Place> written = TextPipeline.load(writing, folder.resolve("places"));
                TextPipeline<Place> before = TextPipeline.pretrained(writing);
                PromptPipeline<Review, Sentiment> chosen = PromptPipeline.load(choosing, folder.resolve("reviews"))) {
            assertThat(written.perplexity(places)).isLessThan(before.perplexity(places));
            assertThat(chosen.predict(REVIEWS.get(0).input()).probabilities()).hasSize(2);
        }
        Path alone = folder.resolve("alone");
        trainer(2)
                .task("places", TextTrainer.of(writing), places)
                .teaching(0)
                .fit()
                .save(alone);
        try (TextPipeline<Place> next = TextTrainer.of(writing)
                .method(TuningMethod.MULTITASK_PROMPT_TUNING)
                .quiet()
                .options(options -> options.withMaxSteps(1).with(MultitaskOptions.SOURCE, alone.toString()))
                .fit(places.subList(0, 2))) {
            assertThat(next.perplexity(places)).isGreaterThan(1);
        }
    }

    @Test
    void aTaskThatWritesNeedsAModelThatWritesAndItsPairs() {
        Path encoder = Path.of("cloze-tiny-en");
        assertThatThrownBy(() -> trainer(1)
                        .teaching(0)
                        .task("places", TextTrainer.of(Places.task(encoder)), Places.pairs())
                        .fit())
                .hasMessageContaining("[TuningBackboneUnsupported]")
                .hasMessageContaining("writes no text");
        assertThatThrownBy(() -> trainer(1)
                        .task("places", TextTrainer.of(Places.task(encoder)), List.of())
                        .fit())
                .hasMessageContaining("[TrainingTooFewExamples]")
                .hasMessageContaining("\"places\" has no training pairs");
    }

    @Test
    void aTaskGoesOnFromWhatOthersShare() {
        Path saved = folder.resolve("shared");
        both(60).fit().save(saved);
        TaskTuning tuning = TaskTuning.of(TuningMethod.MULTITASK_PROMPT_TUNING, "cloze-tiny-en")
                .with("source", saved.toString());
        double named = firstLoss(tuning.with("sourceTask", "reviews"));
        double fresh = firstLoss(TaskTuning.of(TuningMethod.MULTITASK_PROMPT_TUNING, "cloze-tiny-en"));
        assertThat(named).isLessThan(fresh);
        assertThat(firstLoss(tuning)).isNotEqualTo(named);
        assertThat(firstLoss(tuning.with("sourceTask", "0"))).isEqualTo(named);
    }

    private double firstLoss(TaskTuning tuning) {
        List<Double> losses = new ArrayList<>();
        Path archive = folder.resolve("archive");
        List<Prediction<Sentiment>> answers;
        ClassificationTask<Review, Sentiment> task =
                Reviews.builder().tuning(tuning).build();
        List<Review> inputs = REVIEWS.stream().map(Labeled::input).toList();
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(2).withBatchSize(16))
                .listener(new TrainingListener() {
                    @Override
                    public void onStep(StepEnded step) {
                        losses.add(step.loss());
                    }
                })
                .fit(REVIEWS)) {
            answers = tuned.predict(inputs);
            tuned.save(archive);
            tuned.saveAdapter(folder.resolve("adapter"));
        }
        for (String again : List.of("archive", "adapter")) {
            try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, folder.resolve(again))) {
                assertThat(loaded.predict(inputs)).isEqualTo(answers);
            }
        }
        return losses.get(0);
    }

    /** The shared prompt was trained again, into the same folder. */
    @Test
    void aCheckpointIsOfTheSourceThatWasThere() {
        Path saved = folder.resolve("shared");
        both(2).teaching(0).fit().save(saved);
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.MULTITASK_PROMPT_TUNING, "cloze-tiny-en")
                        .with("source", saved.toString()))
                .build();
        PromptTrainer<Review, Sentiment> next = PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(2).withCheckpointFolder(folder.resolve("next")));
        MultitaskTrainer more = both(2).teaching(0)
                .options(options -> options.with(MultitaskOptions.SOURCE, saved.toString())
                        .withCheckpointFolder(folder.resolve("more")));
        for (int i = 0; i < 2; i++) {
            next.fit(REVIEWS).close();
            more.fit();
        }
        both(3).teaching(0).fit().save(saved);
        assertThatThrownBy(() -> next.fit(REVIEWS))
                .hasMessageContaining("[TrainingCheckpoint]")
                .hasMessageContaining("starting prompt: ");
        assertThatThrownBy(more::fit)
                .hasMessageContaining("[TrainingCheckpoint]")
                .hasMessageContaining("starting prompt: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 1})
    void aTrainingThatWasStoppedGoesOnWithItsTeachers(int batchSize) {
        assertThat(isOfTheFirstTask(SEED, 8)).isNotEqualTo(isOfTheFirstTask(SEED, 1));
        byte[] whole = bytes(inBatches(batchSize).fit(), "whole");
        MultitaskTrainer stopped = kept(inBatches(batchSize)).listener(new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                if (step.step() == 7) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        assertThat(bytes(stopped.fit(), "stopped")).isNotEqualTo(whole);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(bytes(kept(inBatches(batchSize)).fit(), "resumed")).isEqualTo(whole);
    }

    private static MultitaskTrainer inBatches(int size) {
        return both(20).options(options -> options.withBatchSize(size).withSeed(SEED));
    }

    private MultitaskTrainer kept(MultitaskTrainer trainer) {
        return trainer.options(options ->
                options.withCheckpointFolder(folder.resolve("checkpoints")).withCheckpointEvery(5));
    }

    private byte[] bytes(SharedPrompt shared, String name) {
        try {
            shared.save(folder.resolve(name));
            return Files.readAllBytes(folder.resolve(name).resolve("adapter_model.safetensors"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** PEFT's own folder is read and written again with every tensor and key that it has. */
    @ParameterizedTest
    @ValueSource(strings = {"peft-0.21/gpt2-multitask", "peft-0.21/llama3-multitask", "peft-0.10/gpt2-multitask"})
    void whatPeftWroteIsWrittenAsPeftWroteIt(String name) throws IOException {
        Path theirs = TinyBackbones.folder("peft/" + name);
        SharedPrompt read = SharedPrompt.load(theirs);
        assertThat(read.tasks()).containsExactly("0", "1");
        Path ours = folder.resolve("ours");
        read.save(ours);
        JsonObject expected = config(theirs);
        config(ours)
                .entrySet()
                .forEach(key -> assertThat(key.getValue()).as(key.getKey()).isEqualTo(expected.get(key.getKey())));
        assertThat(config(ours).keySet()).contains("num_ranks", "num_tasks", "peft_type", "num_virtual_tokens");
        try (Checkpoint one = Checkpoint.openFile(ours.resolve("adapter_model.safetensors"));
                Checkpoint other = Checkpoint.openFile(theirs.resolve("adapter_model.safetensors"))) {
            assertThat(one.names())
                    .containsExactlyInAnyOrder("prompt_embeddings", "prefix_task_cols", "prefix_task_rows")
                    .isEqualTo(other.names());
            for (String tensor : one.names()) {
                assertThat(one.shape(tensor)).isEqualTo(other.shape(tensor));
                assertThat(one.floats(tensor)).isEqualTo(other.floats(tensor));
            }
        }
    }

    private static JsonObject config(Path adapter) throws IOException {
        return JsonParser.parseString(Files.readString(adapter.resolve("adapter_config.json")))
                .getAsJsonObject();
    }

    @Test
    void whatCanNotBeSharedIsRefusedBeforeTheFirstStep() {
        assertThatThrownBy(() -> trainer(1).fit()).hasMessageContaining("[TrainingTooFewExamples]");
        assertThatThrownBy(() -> trainer(1)
                        .task("a", PromptTrainer.of(Reviews.TASK), REVIEWS, REVIEWS)
                        .task("b", PromptTrainer.of(TOPIC), TOPICS)
                        .fit())
                .hasMessageContaining("[TrainingTooFewExamples]")
                .hasMessageContaining("Only 1 of 2 tasks");
        ClassificationTask<Review, Sentiment> other = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_TUNING, "cloze-small-en"))
                .build();
        assertThatThrownBy(() ->
                        both(1).task("other", PromptTrainer.of(other), REVIEWS).fit())
                .hasMessageContaining("[TuningBackboneUnsupported]")
                .hasMessageContaining("other of \"cloze-small-en\"");
        assertThatThrownBy(() -> both(1).task("reviews", PromptTrainer.of(Reviews.TASK), REVIEWS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> both(1).teaching(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSourceOfAnotherKindModelOrLengthIsRefused() {
        Path saved = folder.resolve("shared");
        SharedPrompt shared = both(2).fit();
        shared.save(saved);
        shared.saveTask("reviews", folder.resolve("own"));
        TaskTuning tuning = TaskTuning.of(TuningMethod.MULTITASK_PROMPT_TUNING, "cloze-tiny-en");
        assertThatThrownBy(() ->
                        firstLoss(tuning.with("source", folder.resolve("own").toString())))
                .hasMessageContaining("[AdapterUnsupported]")
                .hasMessageContaining("PROMPT_TUNING");
        assertThatThrownBy(
                        () -> firstLoss(tuning.with("source", saved.toString()).with("promptLength", 3)))
                .hasMessageContaining("[TuningOptionOutOfRange]")
                .hasMessageContaining("has 6 virtual tokens");
        assertThatThrownBy(
                        () -> firstLoss(tuning.with("source", saved.toString()).with("rank", 3)))
                .hasMessageContaining("[TuningOptionOutOfRange]")
                .hasMessageContaining("has the rank 1");
        assertThatThrownBy(
                        () -> firstLoss(tuning.with("source", saved.toString()).with("sourceTask", "revues")))
                .hasMessageContaining("[AdapterUnsupported]")
                .hasMessageContaining("Did you mean \"reviews\"?");
        assertThatThrownBy(() -> tuning.with("sourceTask", "reviews"))
                .hasMessageContaining("[TuningOptionNotApplicable]");
        assertThatThrownBy(() -> firstLoss(tuning.with(
                        "source",
                        TinyBackbones.folder("peft/peft-0.21/gpt2-multitask").toString())))
                .hasMessageContaining("[AdapterMismatch]");
    }
}
