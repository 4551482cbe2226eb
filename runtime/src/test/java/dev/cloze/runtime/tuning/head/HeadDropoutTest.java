package dev.cloze.runtime.tuning.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.HeadFixture;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where and at what rate heads drop, against what {@code head_dropout_goldens.py} saw transformers' classifiers do in training. */
class HeadDropoutTest {

    private static final Path GOLDEN = Path.of("src/test/resources/head-dropout.json");
    private static final int NUMBERS = 60_000;
    private static final float STATE = .5f;

    static Stream<HeadFixture> fixtures() throws IOException, URISyntaxException {
        return HeadFixture.all();
    }

    /** Each number goes its own way through matrices that are the identity: which places dropped it, its value tells. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void placesAndRatesAreThoseOfTransformers(HeadFixture fixture) throws IOException {
        JsonArray variants = JsonParser.parseString(Files.readString(GOLDEN))
                .getAsJsonObject()
                .getAsJsonObject("models")
                .getAsJsonArray(fixture.toString());
        for (JsonElement variant : variants) {
            JsonObject config = fixture.config();
            variant.getAsJsonObject().getAsJsonObject("config").asMap().forEach(config::add);
            try (Checkpoint checkpoint = Checkpoint.open(fixture.folder());
                    Backbone backbone =
                            BackboneFamilies.of("tiny", config).load("tiny", config, checkpoint, ComputeDevice.CPU)) {
                assertDrops(backbone, variant.getAsJsonObject().getAsJsonArray("done"));
            }
        }
    }

    private static void assertDrops(Backbone backbone, JsonArray done) {
        ClassifierHead shape = backbone.classifier();
        double value = STATE;
        double kept = 1;
        int matrices = 0;
        for (JsonElement one : done) {
            if (one.getAsJsonPrimitive().isNumber()) {
                kept *= 1 - one.getAsDouble();
                value /= 1 - one.getAsDouble();
            } else if (++matrices == 1 && !shape.dense().isEmpty()) {
                value = shape.activation() == ClassifierHead.Activation.TANH ? Math.tanh(value) : Math.max(0, value);
            }
        }
        assertThat(matrices).isEqualTo(shape.dense().isEmpty() ? 1 : 2);
        float[] said = trained(shape, backbone.shape().hiddenSize());
        int zeros = 0;
        for (float number : said) {
            if (number == 0) {
                zeros++;
            } else {
                assertThat((double) number).isCloseTo(value, within(1e-5));
            }
        }
        assertThat(zeros / (double) said.length).isCloseTo(1 - kept, within(.008));
    }

    private static float[] trained(ClassifierHead shape, int size) {
        try (Head head = Head.of(shape, size, size, ComputeDevice.CPU, (memory, slot) -> {
            return slot.parts().get(0).endsWith("bias") ? memory.zeros(new Shape(size)) : memory.eye(size);
        })) {
            NDArray any = head.weights().values().iterator().next();
            try (NDManager scope = any.getManager().newSubManager()) {
                NDArray states = scope.full(new Shape(NUMBERS / size, size), STATE);
                return head.scores(scope, states, new Dropout(.5, .5, 3)).toFloatArray();
            }
        }
    }
}
