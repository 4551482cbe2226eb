package dev.cloze.runtime.backbone.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** T5s that cannot be read: each says why, and what would be right. */
class T5ErrorsTest {

    private static final String CONFIG = """
            {"model_type": "t5", "vocab_size": 11, "d_model": 8, "d_kv": 3, "d_ff": 12, "num_layers": 1, "num_heads": 2,
             "feed_forward_proj": "gated-gelu", "tie_word_embeddings": false}""";

    @TempDir
    private Path folder;

    @Test
    void aWholeCheckpointIsRead() {
        try (T5 model = load(config(), tensors())) {
            assertThat(model.tensors()).containsOnlyKeys(tensors().keySet());
        }
    }

    @Test
    void theEmbeddingIsFoundUnderItsOtherNames() {
        for (String name : new String[] {"encoder.embed_tokens.weight", "decoder.embed_tokens.weight"}) {
            Map<String, Tensor> tensors = tensors();
            tensors.put(name, tensors.remove("shared.weight"));
            try (T5 model = load(config(), tensors)) {
                assertThat(model.tensors()).containsKey("shared.weight");
            }
        }
    }

    @Test
    void aMultilingualConfigLeavesOutWhatDiffersFromT5() {
        JsonObject config = config();
        config.remove("feed_forward_proj");
        config.remove("tie_word_embeddings");
        config.addProperty("model_type", "mt5");
        try (T5 model = load(config, tensors())) {
            assertThat(model.config()).usingRecursiveComparison().isEqualTo(T5Config.of(config()));
        }
    }

    @Test
    void umT5sConfigHasDefaultsOfItsOwn() {
        JsonObject config = config();
        config.remove("feed_forward_proj");
        config.remove("tie_word_embeddings");
        config.addProperty("model_type", "umt5");
        T5Config read = T5Config.of(config);
        assertThat(read.gated() && read.tied() && read.biasPerLayer()).isTrue();
        assertThat(T5Config.of(config()).biasPerLayer()).isFalse();
    }

    @Test
    void anEncoderAloneIsRefusedWithWhatToUse() {
        Map<String, Tensor> tensors = tensors();
        tensors.keySet().removeIf(name -> name.startsWith("decoder.") || name.startsWith("lm_head."));
        assertThatThrownBy(() -> load(config(), tensors))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MODEL_UNSUPPORTED))
                .hasMessageContaining("the encoder of a T5 alone (T5EncoderModel)")
                .hasMessageContaining("T5ForConditionalGeneration");
    }

    @Test
    void anUntiedModelWithoutItsHeadHasHiddenStatesAndRefusesWords() {
        Map<String, Tensor> tensors = tensors();
        tensors.remove("lm_head.weight");
        try (T5 model = load(config(), tensors);
                NDManager scope = model.memory().newSubManager()) {
            TokenRow row = new TokenRow(new int[] {4, 5, 1}, new int[3], new int[] {2});
            assertThat(model.states(scope, List.of(row), StatePooling.PLACES).getShape())
                    .isEqualTo(new Shape(1, 1, 8));
            TextRow text = new TextRow(new int[] {4}, new int[] {5});
            List<ThrowingCallable> words = List.of(
                    () -> model.scores(List.of(row), new int[0], false),
                    () -> model.logits(scope, List.of(row), new int[0], false, Dropout.NONE, Injection.NONE),
                    () -> model.targetLosses(List.of(text)),
                    () -> model.targetLoss(scope, List.of(text), Dropout.NONE, Injection.NONE),
                    () -> model.read(List.of(new int[] {4}), 1, Injection.NONE));
            for (ThrowingCallable asked : words) {
                assertThatThrownBy(asked)
                        .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                                .isEqualTo(Problem.CHECKPOINT_MISSING_WEIGHT))
                        .hasMessageContaining("has no tensor lm_head.weight.");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shared.weight",
        "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight",
        "encoder.block.0.layer.1.DenseReluDense.wi_1.weight",
        "decoder.block.0.layer.1.EncDecAttention.v.weight",
        "decoder.final_layer_norm.weight"
    })
    void aMissingWeightIsAnErrorThatNamesIt(String name) {
        Map<String, Tensor> tensors = tensors();
        tensors.remove(name);
        assertThat(refused(Problem.CHECKPOINT_MISSING_WEIGHT, tensors))
                .startsWith("[CheckpointMissingWeight] The checkpoint of tiny has no tensor " + name + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "shared.weight; 10,8; [10, 8]; [11, 8]; vocab_size",
                "encoder.block.0.layer.0.SelfAttention.k.weight; 8,8; [8, 8]; [6, 8]; d_kv",
                "decoder.block.0.layer.2.DenseReluDense.wo.weight; 8,16; [8, 16]; [8, 12]; d_ff",
                "decoder.block.0.layer.1.layer_norm.weight; 9; [9]; [8]; d_model"
            })
    void aWrongShapeIsAnErrorWithBothShapesAndTheKey(
            String name, String shape, String found, String expected, String key) {
        Map<String, Tensor> tensors = tensors();
        long[] axes = Arrays.stream(shape.split(",")).mapToLong(Long::parseLong).toArray();
        tensors.put(name, zeros(axes));
        assertThat(refused(Problem.CHECKPOINT_SHAPE, tensors))
                .contains("The tensor " + name + " of tiny has shape " + found)
                .contains("config.json makes it " + expected)
                .contains(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "d_model; null; has no d_model",
                "d_kv; 0; d_kv",
                "dropout_rate; 1; dropout_rate",
                "feed_forward_proj; \"gated-gelu_neww\"; Did you mean \"gelu_new\"?",
                "decoder_start_token_id; 11; there are only 11 tokens",
                "relative_attention_num_buckets; 2; at least 4 buckets",
                "relative_attention_max_distance; 16; more than half their number",
                "eos_token_id; [\"x\"]; eos_token_id"
            })
    void aConfigThatCannotBeIsAnErrorThatNamesTheKey(String key, String value, String part) {
        JsonObject config = config();
        config.add(key, JsonParser.parseString(value));
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> T5Config.of(config));
        assertThat(refused.problem()).isEqualTo(Problem.MODEL_CONFIG);
        assertThat(refused).hasMessageContaining(part);
    }

    private T5 load(JsonObject config, Map<String, Tensor> tensors) {
        Path file = folder.resolve("model.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            return (T5) BackboneFamilies.of("tiny", config).load("tiny", config, checkpoint, ComputeDevice.CPU);
        }
    }

    private String refused(Problem problem, Map<String, Tensor> tensors) {
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> load(config(), tensors));
        assertThat(refused.problem()).isEqualTo(problem);
        return String.valueOf(refused.getMessage());
    }

    /** All that the configuration asks for, as zeros. */
    private static Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        T5Weights.of(T5Config.of(config())).slots().forEach(slot -> slot.parts()
                .forEach(part -> tensors.put(part, zeros(slot.shape()))));
        return tensors;
    }

    private static Tensor zeros(long... shape) {
        return Tensor.of(new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)], shape);
    }

    private static JsonObject config() {
        return JsonParser.parseString(CONFIG).getAsJsonObject();
    }
}
