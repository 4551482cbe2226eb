package dev.cloze.runtime.backbone.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sums of a layer training drops of, against what {@code layer_dropout_goldens.py} saw transformers' encoders do. */
class EncoderDropoutTest {

    private static final Path GOLDEN = Path.of("src/test/resources/layer-dropout.json");

    /** Where weights stand in their layer's table. */
    private static final int ATTENTION_BIAS = 3;

    private static final int FEED_BIAS = 9;
    private static final Set<Integer> NORM_SCALES = Set.of(4, 10);
    private static final int PER_LAYER = 12;

    /** Matrices up to that of attention's output, and up to that of the feed-forward. */
    private static final int OF_ATTENTION = 4;

    private static final int OF_FEED = 6;

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void theSumsThatAreDroppedOfAreThoseOfTransformers(String name) throws Exception {
        JsonArray done = JsonParser.parseString(Files.readString(GOLDEN))
                .getAsJsonObject()
                .getAsJsonObject("models")
                .getAsJsonArray(name);
        ParityFixture fixture = new ParityFixture(name);
        try (Encoder encoder = fixture.load()) {
            List<TokenRow> rows = fixture.rows("right").stream()
                    .map(row -> new TokenRow(row.ids(), row.segments(), new int[0]))
                    .toList();
            assertThat(dropped(encoder, rows, ATTENTION_BIAS)).isEqualTo(dropsBehind(done, OF_ATTENTION));
            assertThat(dropped(encoder, rows, FEED_BIAS)).isEqualTo(dropsBehind(done, OF_FEED));
        }
    }

    private static boolean dropsBehind(JsonArray done, int matrix) {
        int matrices = 0;
        for (JsonElement one : done) {
            if (matrices == matrix && one.getAsJsonPrimitive().isNumber()) {
                return true;
            }
            matrices += one.getAsJsonPrimitive().isString() ? 1 : 0;
        }
        assertThat(matrices).isEqualTo(OF_FEED);
        return false;
    }

    /**
     * All weights are 0 but for a bias of ones and the scales of norms: the norm behind the sum makes equal numbers 0, and others
     * only where some of them were dropped.
     */
    private static boolean dropped(Encoder encoder, List<TokenRow> rows, int bias) {
        Set<List<String>> ones = new HashSet<>();
        List<Optional<WeightSlot>> layers = encoder.architecture().weights().layers();
        for (int i = 0; i < layers.size(); i++) {
            int at = i % PER_LAYER;
            if (at == bias || NORM_SCALES.contains(at)) {
                ones.add(layers.get(i).orElseThrow().parts());
            }
        }
        try (Encoder bare = encoder.with((memory, slot) -> {
                    Shape shape = new Shape(slot.joinedShape());
                    return ones.contains(slot.parts()) ? memory.ones(shape) : memory.zeros(shape);
                });
                NDManager scope = bare.memory().newSubManager()) {
            assertThat(largest(bare.states(scope, rows, StatePooling.PLACES, Dropout.NONE, Injection.NONE)))
                    .isZero();
            Dropout half = new Dropout(0.5, 0, 3);
            return largest(bare.states(scope, rows, StatePooling.PLACES, half, Injection.NONE)) > 0.5f;
        }
    }

    private static float largest(NDArray states) {
        return states.abs().max().getFloat();
    }
}
