package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.classification.MaskFiller;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A checkpoint with weights that are no numbers, as users meet it: by a pipeline. */
class SpoiltWeightsTest {

    private static final Place PLACE = Places.inputs().get(0);

    @TempDir
    Path folder;

    @AfterEach
    void noModelIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "llama, model.layers.1.mlp.down_proj.weight",
        "t5, encoder.block.1.layer.1.DenseReluDense.wo.weight",
        "t5, decoder.block.1.layer.1.EncDecAttention.v.weight"
    })
    void nothingIsWrittenAndTheReasonIsSaid(String type, String tensor) {
        Path model = type.equals("t5")
                ? TinyModels.encoderDecoder(folder, Places.words())
                : TinyModels.decoder(folder, 64, Places.words());
        spoil(model, tensor);
        List<UnaryOperator<GenerationOptions>> changes =
                List.of(options -> options, options -> options.withBeams(3), options -> options.withTemperature(0.7));
        try (TextPipeline<Place> pipeline = TextPipeline.pretrained(Places.task(model))) {
            for (UnaryOperator<GenerationOptions> change : changes) {
                TextPipeline<Place> changed = pipeline.withOptions(change);
                assertRefused(() -> changed.generate(PLACE));
                assertRefused(() -> changed.generate(Places.inputs()));
            }
            List<String> heard = new ArrayList<>();
            assertRefused(() -> pipeline.generate(PLACE, (prompt, piece) -> heard.add(piece)));
            assertThat(heard).isEmpty();
        }
    }

    private static void assertRefused(Runnable writing) {
        assertThatThrownBy(writing::run)
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.GENERATION_NOT_FINITE))
                .hasMessageContaining("not numbers");
    }

    @Test
    void textsAreNotMeasuredEither() {
        Path model = TinyModels.decoder(folder, 64, Places.words());
        spoil(model, "model.layers.0.self_attn.q_proj.weight");
        try (TextPipeline<Place> pipeline = TextPipeline.pretrained(Places.task(model))) {
            assertNotFinite(() -> pipeline.perplexity(Places.pairs()), "nothing about the targets");
            assertNotFinite(() -> pipeline.evaluate(Places.pairs()), "nothing about the targets");
        }
    }

    @Test
    void noLabelWinsWhereOneTextOverflows() throws IOException {
        Path model = PoisonedModel.in(folder.resolve("poisoned"));
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(reviews(model))) {
            List<Labeled<Review, Sentiment>> examples = new ArrayList<>(Reviews.examples());
            List<Review> sound = examples.stream().map(Labeled::input).toList();
            try (PromptPipeline<Review, Sentiment> unspoilt = PromptPipeline.zeroShot(Reviews.TASK)) {
                assertThat(pipeline.predict(sound)).isEqualTo(unspoilt.predict(sound));
            }
            examples.add(PoisonedModel.EXAMPLE);
            assertNotFinite(
                    () -> pipeline.predict(PoisonedModel.EXAMPLE.input()), "the label word \"great\": its score is");
            assertNotFinite(() -> pipeline.evaluate(examples), "the label word \"great\"");
        }
        try (MaskFiller filler = MaskFiller.open(model.toString())) {
            assertNotFinite(() -> filler.fill("film 7 is {mask}", 3), "nothing about the mask");
            assertThat(filler.fill("film is {mask}", 3)).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Calibration.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void nothingIsCalibratedByScoresThatAreNoNumbers(Calibration calibration) throws IOException {
        Path model = PoisonedModel.in(folder.resolve("poisoned"));
        ClassificationTask<Review, Sentiment> task = Reviews.asked("{text} is film 7 and {mask}.")
                .calibration(calibration)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString()))
                .build();
        assertNotFinite(() -> PromptPipeline.zeroShot(task), "\"great\" where an input has no content");
    }

    @ParameterizedTest
    @CsvSource({"model.layers.0.self_attn.q_proj.weight", "model.layers.1.mlp.down_proj.weight"})
    void aWeightThatIsNoNumberIsNamedWhereverItIs(String tensor) {
        Path model = TinyModels.decoder(folder, 64, List.of());
        spoil(model, tensor);
        ClassificationTask<Review, Sentiment> task = Reviews.asked("{text} It was {mask}")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString()))
                .build();
        assertNotFinite(() -> PromptPipeline.zeroShot(task), tensor);
        assertNotFinite(() -> MaskFiller.open(model.toString()), tensor);
    }

    private static ClassificationTask<Review, Sentiment> reviews(Path model) {
        return Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString()))
                .build();
    }

    private static void assertNotFinite(ThrowingCallable call, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MODEL_NOT_FINITE))
                .hasMessageContaining(part)
                .hasMessageContaining("finite");
    }

    private static void spoil(Path model, String spoilt) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            assertThat(checkpoint.names()).contains(spoilt);
            for (String name : checkpoint.names()) {
                FloatBuffer values = checkpoint.floats(name);
                float[] copy = new float[values.remaining()];
                values.get(copy);
                copy[0] = name.equals(spoilt) ? Float.NaN : copy[0];
                tensors.put(name, Tensor.of(copy, checkpoint.shape(name)));
            }
        }
        SafetensorsWriter.write(model.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
    }
}
