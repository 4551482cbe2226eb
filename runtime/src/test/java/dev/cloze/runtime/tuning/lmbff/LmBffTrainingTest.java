package dev.cloze.runtime.tuning.lmbff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.training.BatchOrder;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.demonstration.DemonstratedTemplate;
import dev.cloze.runtime.tuning.demonstration.DemonstrationPool;
import dev.cloze.runtime.tuning.demonstration.DemonstrationRoom;
import dev.cloze.runtime.tuning.demonstration.DrawnDemonstrations;
import dev.cloze.runtime.tuning.demonstration.Place;
import dev.cloze.runtime.tuning.demonstration.ShuffledSets;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty steps of LM-BFF against {@code lm_bff.py} of the benchmarks, which restates the training over Hugging Face
 * transformers with torch's AdamW, given which demonstrations were drawn.
 */
class LmBffTrainingTest {

    private static final Path DRAWN = Path.of("src/test/resources/lm-bff/drawn.json");
    private static final int STEPS = 20;
    private static final int BATCH = 4;
    private static final int SETS = 5;
    private static final long SEED = 13;
    private static final double RATE = 1e-4;
    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final List<Review> ASKED = List.of(
            new Review("A film that I would see again."), new Review("Nobody should have to sit through this."));

    @TempDir
    Path folder;

    @Test
    void lossesAndAveragedScoresAreThoseOfTransformersAndTorch() throws IOException {
        JsonObject drawn = drawn();
        if (System.getenv("CLOZE_REWRITE_EXPECTED") != null) {
            Files.createDirectories(DRAWN.getParent());
            Files.writeString(
                    DRAWN, new GsonBuilder().setPrettyPrinting().create().toJson(drawn) + "\n");
        }
        assertThat(drawn).isEqualTo(read(DRAWN));
        for (String version : List.of("4", "5")) {
            JsonObject expected = read(DRAWN.resolveSibling("transformers-" + version + ".json"));
            assertTrainingIs(expected);
        }
    }

    /** What is drawn follows from the step, not from the parts that it is computed in. */
    @Test
    void accumulationDrawsTheSameDemonstrations() throws IOException {
        List<Double> whole = losses(1);
        List<Double> inParts = losses(4);
        assertThat(whole).hasSize(5);
        for (int step = 0; step < whole.size(); step++) {
            assertThat(inParts.get(step)).isCloseTo(whole.get(step), within(1e-4));
        }
    }

    private List<Double> losses(int accumulation) throws IOException {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        PromptTrainer.of(task())
                .quiet()
                .listener(listener)
                .options(options -> options.withMaxSteps(5)
                        .withBatchSize(BATCH)
                        .withAccumulation(accumulation)
                        .withSeed(SEED)
                        .withLearningRate(RATE)
                        .with(LmBffOptions.SETS, 1))
                .fit(EXAMPLES)
                .close();
        return losses;
    }

    private void assertTrainingIs(JsonObject expected) throws IOException {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        PromptTrainer<Review, Sentiment> trainer = PromptTrainer.of(task())
                .quiet()
                .listener(listener)
                .options(options -> options.withMaxSteps(STEPS)
                        .withBatchSize(BATCH)
                        .withSeed(SEED)
                        .withLearningRate(RATE)
                        .with(LmBffOptions.SETS, SETS));
        try (PromptPipeline<Review, Sentiment> tuned = trainer.fit(EXAMPLES)) {
            JsonArray expectedLosses = expected.getAsJsonArray("losses");
            assertThat(losses).hasSize(expectedLosses.size());
            for (int step = 0; step < STEPS; step++) {
                assertThat(losses.get(step))
                        .as("step " + (step + 1))
                        .isCloseTo(expectedLosses.get(step).getAsDouble(), within(1e-4));
            }
            List<Prediction<Sentiment>> predictions = tuned.predict(ASKED);
            for (int i = 0; i < ASKED.size(); i++) {
                double positive = predictions.get(i).probabilities().getOrDefault(Sentiment.POSITIVE, -1.0);
                assertThat(positive)
                        .isCloseTo(expected.getAsJsonArray("positive").get(i).getAsDouble(), within(1e-4));
            }
        }
    }

    private JsonObject drawn() throws IOException {
        JsonObject drawn = new JsonObject();
        drawn.addProperty("rate", RATE);
        drawn.add("examples", examples());
        JsonArray asked = new JsonArray();
        ASKED.forEach(review -> asked.add(review.text()));
        drawn.add("asked", asked);
        ClassificationTask<Review, Sentiment> task = task();
        LabelTask labelTask = LabelTask.of(task);
        LabeledValues train = new LabeledValues(
                new InputValues<>(EXAMPLES.stream().map(Labeled::input).toList(), task.placeholders()),
                EXAMPLES.stream().mapToInt(one -> one.label().ordinal()).toArray());
        try (LanguageModel model = LanguageModel.open(task.tuning().backbone())) {
            DemonstratedTemplate template = DemonstratedTemplate.of(
                    labelTask,
                    labelTask.templates().get(0),
                    model,
                    new DemonstrationRoom(OptionalInt.empty(), OptionalInt.empty(), true),
                    Place.BEHIND);
            DemonstrationPool pool = new DemonstrationPool(template, train, 2);
            drawn.add("steps", steps(template, pool));
            drawn.add("sets", numbers(ShuffledSets.oneOfEach(pool, SETS, SEED)));
        }
        return drawn;
    }

    private static JsonArray examples() {
        JsonArray examples = new JsonArray();
        for (Labeled<Review, Sentiment> one : EXAMPLES) {
            JsonObject example = new JsonObject();
            example.addProperty("text", one.input().text());
            example.addProperty("label", one.label().ordinal());
            examples.add(example);
        }
        return examples;
    }

    /** For each step, for each example of its batch: the example and its demonstrations, label by label. */
    private static JsonArray steps(DemonstratedTemplate template, DemonstrationPool pool) {
        DrawnDemonstrations draws = new DrawnDemonstrations(template, pool, DrawnDemonstrations.allOthers(pool));
        BatchOrder order = new BatchOrder(EXAMPLES.size(), BATCH, SEED);
        JsonArray steps = new JsonArray();
        for (int step = 1; step <= STEPS; step++) {
            long seed = RandomStream.DROPOUT.seed(SEED, step - 1L);
            int[] batch = order.batch(step);
            int[][] rows = new int[batch.length][3];
            for (int i = 0; i < batch.length; i++) {
                int[] shown = draws.draw(batch[i], seed);
                assertThat(shown).doesNotContain(batch[i]);
                rows[i] = new int[] {batch[i], shown[0], shown[1]};
            }
            steps.add(numbers(rows));
        }
        return steps;
    }

    static JsonArray numbers(int[][] rows) {
        JsonArray array = new JsonArray();
        for (int[] row : rows) {
            JsonArray one = new JsonArray();
            for (int number : row) {
                one.add(number);
            }
            array.add(one);
        }
        return array;
    }

    private ClassificationTask<Review, Sentiment> task() throws IOException {
        Path model = folder.resolve("without-dropout");
        if (!Files.exists(model)) {
            TinyModels.withoutDropout("cloze-tiny-en", model);
        }
        return Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.LM_BFF, model.toString()))
                .build();
    }

    private static JsonObject read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }
}
