package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.model.OpenModels;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
