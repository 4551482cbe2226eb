package dev.cloze.runtime.tuning.lmbff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.Ratings;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.RegressionTrainer;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.training.BatchOrder;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.ScaleTask;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty steps of two-pole regression, with demonstrations and without, by the loss of the paper and by that of its code, against
 * {@code lm_bff_scale.py} of the benchmarks, which restates the training over Hugging Face transformers with torch's AdamW, given
 * which demonstrations were drawn.
 */
class ScaleTrainingTest {

    private static final Path DRAWN = Path.of("src/test/resources/lm-bff/scale-drawn.json");
    private static final int STEPS = 20;
    private static final int BATCH = 4;
    private static final int SETS = 5;
    private static final long SEED = 21;
    private static final double RATE = 1e-4;
    private static final List<Rated<Review>> EXAMPLES = Ratings.examples();
    private static final List<TuningMethod> METHODS = List.of(TuningMethod.PROMPT_FINE_TUNING, TuningMethod.LM_BFF);
    private static final List<Review> ASKED = List.of(
            new Review("A film that I would see again."), new Review("Nobody should have to sit through this."));

    @TempDir
    Path folder;

    @Test
    void lossesAndNumbersAreThoseOfTransformersAndTorch() throws IOException {
        JsonObject drawn = new JsonObject();
        for (TuningMethod method : METHODS) {
            drawn.add(method.name(), drawn(method));
        }
        if (System.getenv("CLOZE_REWRITE_EXPECTED") != null) {
            Files.writeString(
                    DRAWN, new GsonBuilder().setPrettyPrinting().create().toJson(drawn) + "\n");
        }
        assertThat(drawn).isEqualTo(read(DRAWN));
        for (String version : List.of("4", "5")) {
            JsonObject expected = read(DRAWN.resolveSibling("scale-transformers-" + version + ".json"));
            for (TuningMethod method : METHODS) {
                for (Compat compat : Compat.values()) {
                    assertTrainingIs(method, compat, expected.getAsJsonObject(method + " " + compat));
                }
            }
        }
    }

    private void assertTrainingIs(TuningMethod method, Compat compat, JsonObject expected) throws IOException {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        RegressionTrainer<Review> trainer = RegressionTrainer.of(task(method))
                .quiet()
                .listener(listener)
                .options(options -> options(method, compat, options));
        try (RegressionPipeline<Review> tuned = trainer.fit(EXAMPLES)) {
            JsonArray expectedLosses = expected.getAsJsonArray("losses");
            for (int step = 0; step < STEPS; step++) {
                assertThat(losses.get(step))
                        .as(method + " " + compat + ", step " + (step + 1))
                        .isCloseTo(expectedLosses.get(step).getAsDouble(), within(1e-4));
            }
            for (int i = 0; i < ASKED.size(); i++) {
                assertThat(tuned.predict(ASKED.get(i)))
                        .isCloseTo(expected.getAsJsonArray("values").get(i).getAsDouble(), within(5e-4));
            }
        }
    }

    /** As in PET's code, whom REFERENCE follows in the number of steps too, one step more is made, at a rate of zero. */
    private static TrainingOptions options(TuningMethod method, Compat compat, TrainingOptions options) {
        TrainingOptions all = options.withMaxSteps(STEPS)
                .withBatchSize(BATCH)
                .withSeed(SEED)
                .withLearningRate(RATE)
                .withCompat(compat);
        return method == TuningMethod.LM_BFF ? all.with(LmBffOptions.SETS, SETS) : all;
    }

    private JsonObject drawn(TuningMethod method) throws IOException {
        JsonObject drawn = new JsonObject();
        drawn.addProperty("rate", RATE);
        JsonArray examples = new JsonArray();
        ScaleTask task = ScaleTask.of(task(method));
        RatedValues values = new RatedValues(
                new InputValues<>(EXAMPLES.stream().map(Rated::input).toList(), Ratings.TASK.placeholders()),
                EXAMPLES.stream().mapToDouble(Rated::value).toArray());
        int[] halves = values.halves(task.scale().middle()).labels();
        for (Rated<Review> one : EXAMPLES) {
            JsonObject example = new JsonObject();
            example.addProperty("text", one.input().text());
            example.addProperty("value", one.value());
            example.addProperty("label", halves[examples.size()]);
            examples.add(example);
        }
        drawn.add("examples", examples);
        JsonArray asked = new JsonArray();
        ASKED.forEach(review -> asked.add(review.text()));
        drawn.add("asked", asked);
        if (method == TuningMethod.PROMPT_FINE_TUNING) {
            drawn.add("steps", steps((example, seed) -> new int[0]));
            drawn.add("sets", LmBffTrainingTest.numbers(new int[1][0]));
            return drawn;
        }
        try (LanguageModel model = LanguageModel.open(task.tuning().backbone())) {
            DemonstratedTemplate template = DemonstratedTemplate.of(
                    task.poles(),
                    task.poles().templates().get(0),
                    model,
                    new DemonstrationRoom(OptionalInt.empty(), OptionalInt.empty(), true),
                    Place.BEHIND);
            DemonstrationPool pool = new DemonstrationPool(template, values.halves(2.5), 2);
            DrawnDemonstrations draws = new DrawnDemonstrations(template, pool, DrawnDemonstrations.allOthers(pool));
            drawn.add("steps", steps(draws::draw));
            drawn.add("sets", LmBffTrainingTest.numbers(ShuffledSets.oneOfEach(pool, SETS, SEED)));
        }
        return drawn;
    }

    /** The code of LM-BFF: what is at the middle or below is of the first label. */
    @Test
    void theMiddleOfTheScaleIsItsLowerHalf() {
        RatedValues values = new RatedValues(
                List.of(Map.of("text", "a"), Map.of("text", "b"), Map.of("text", "c")), new double[] {2.4, 2.5, 2.6});
        assertThat(values.halves(2.5).labels()).containsExactly(0, 0, 1);
    }

    private interface Draws {
        int[] of(int example, long seed);
    }

    /** For each step, for each example of its batch: the example and its demonstrations, the lower half's first. */
    private static JsonArray steps(Draws draws) {
        BatchOrder order = new BatchOrder(EXAMPLES.size(), BATCH, SEED);
        JsonArray steps = new JsonArray();
        for (int step = 1; step <= STEPS; step++) {
            long seed = RandomStream.DROPOUT.seed(SEED, step - 1L);
            int[][] rows = Arrays.stream(order.batch(step))
                    .mapToObj(example -> IntStream.concat(IntStream.of(example), IntStream.of(draws.of(example, seed)))
                            .toArray())
                    .toArray(int[][]::new);
            steps.add(LmBffTrainingTest.numbers(rows));
        }
        return steps;
    }

    private RegressionTask<Review> task(TuningMethod method) throws IOException {
        Path model = folder.resolve("without-dropout");
        if (!Files.exists(model)) {
            TinyModels.withoutDropout("cloze-tiny-en", model);
        }
        return Ratings.builder().tuning(TaskTuning.of(method, model.toString())).build();
    }

    private static JsonObject read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }
}
