package dev.cloze.runtime.backbone.decoder;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoders that cannot be read, and rows they cannot be asked about: each says why, and what would be right. */
class DecoderErrorsTest {

    @TempDir
    private Path folder;

    @Test
    void anUntiedModelWithoutItsHeadHasHiddenStatesAndRefusesWords() throws Exception {
        try (Decoder decoder = without("llama2", "lm_head.weight");
                NDManager scope = decoder.memory().newSubManager()) {
            TokenRow row = new TokenRow(new int[] {4, 5, 6}, new int[3], new int[] {2});
            assertThat(decoder.states(scope, List.of(row), StatePooling.MEAN).getShape())
                    .isEqualTo(new Shape(1, decoder.shape().hiddenSize()));
            assertThatThrownBy(() -> decoder.scores(List.of(row), new int[0], false))
                    .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                            .isEqualTo(Problem.CHECKPOINT_MISSING_WEIGHT))
                    .hasMessageStartingWith(
                            "[CheckpointMissingWeight] The checkpoint of the model has no tensor lm_head.weight.")
                    .hasMessageContaining("language-model head");
            TextRow text = new TextRow(new int[] {4}, new int[] {5});
            assertThatThrownBy(() -> decoder.targetLosses(List.of(text))).hasMessageContaining("lm_head.weight");
            assertThatThrownBy(() -> decoder.targetLoss(scope, List.of(text), Dropout.NONE, Injection.NONE))
                    .hasMessageContaining("lm_head.weight");
            assertThatThrownBy(() -> decoder.read(List.of(new int[] {4}), 1, Injection.NONE))
                    .hasMessageContaining("lm_head.weight");
        }
    }

    @Test
    void aMissingLayerWeightIsAnErrorThatNamesIt() throws Exception {
        assertThat(refused(Problem.CHECKPOINT_MISSING_WEIGHT, "gpt2", "transformer.h.1.attn.c_attn.weight"))
                .contains("has no tensor transformer.h.1.attn.c_attn.weight.")
                .contains("incomplete");
    }

    @Test
    void aWrongShapeIsAnErrorWithBothShapesAndTheKeys() throws Exception {
        DecoderFixture fixture = new DecoderFixture("llama3");
        JsonObject config = fixture.json("config.json");
        config.addProperty("num_key_value_heads", 4);
        assertThatThrownBy(() -> fixture.load(config))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CHECKPOINT_SHAPE))
                .hasMessageContaining("self_attn.k_proj.weight of llama3 has shape [16, 24]")
                .hasMessageContaining("config.json makes it [32, 24]")
                .hasMessageContaining("num_key_value_heads");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "llama3; hidden_size; null; has no hidden_size",
                "llama3; num_attention_heads; 3; num_key_value_heads = 2, which doesn't divide num_attention_heads = 3",
                "llama3; head_dim; 7; pairs",
                "llama3; rms_norm_eps; 0; rms_norm_eps",
                "llama3; eos_token_id; [2, 'x']; eos_token_id",
                "llama3; rope_scaling; 4; rope_scaling",
                "llama3; rope_scaling; {\"rope_type\": \"llama3\", \"factor\": 8}; has no low_freq_factor",
                "llama3; rope_scaling; {\"rope_type\": \"yarn\"}; has no factor",
                "llama3; rope_scaling; {\"rope_type\": \"yarn\", \"factor\": 2, \"beta_fast\": -1}; beta_fast = -1",
                "llama3; rope_scaling; {\"rope_type\": \"yarn\", \"factor\": 2, \"attention_factor\": 0}; attention_factor = 0",
                "llama2; num_attention_heads; 5; doesn't divide num_attention_heads = 5",
                "gpt2; n_head; 5; doesn't divide n_embd",
                "gpt2; n_positions; 0; n_positions",
                "gpt2; attn_pdrop; 1; attn_pdrop",
                "gpt2; activation_function; \"gelu_neww\"; Did you mean \"gelu_new\"?"
            })
    void aConfigThatCannotBeIsAnErrorThatNamesTheKey(String name, String key, String value, String part)
            throws Exception {
        assertConfig(Problem.MODEL_CONFIG, name, key, value, part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "llama3; rope_scaling; {\"rope_type\": \"spiral\", \"factor\": 2}; type \"spiral\"",
                "llama3; rope_parameters; {\"rope_type\": \"longrope\"}; type \"longrope\"",
                "llama3; partial_rotary_factor; 0.5; partial_rotary_factor",
                "gpt2; scale_attn_by_inverse_layer_idx; true; scale_attn_by_inverse_layer_idx",
                "gpt2; add_cross_attention; true; add_cross_attention"
            })
    void whatIsNotComputedIsRefused(String name, String key, String value, String part) throws Exception {
        assertConfig(Problem.MODEL_UNSUPPORTED, name, key, value, part);
    }

    private static void assertConfig(Problem problem, String name, String key, String value, String part)
            throws Exception {
        JsonObject config = new DecoderFixture(name).json("config.json");
        config.add(key, JsonParser.parseString(value));
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> architecture(config));
        assertThat(refused.problem()).isEqualTo(problem);
        assertThat(refused).hasMessageContaining(part);
    }

    @Test
    void newerConfigsGiveTheSameAnglesUnderAnotherKey() throws Exception {
        for (String name : List.of("llama3", "llama-linear-rope", "qwen2-yarn", "qwen3")) {
            JsonObject config = new DecoderFixture(name).json("config.json");
            float[] older = architecture(config).config().rotary().frequencies();
            JsonObject parameters =
                    config.has("rope_scaling") && config.get("rope_scaling").isJsonObject()
                            ? config.remove("rope_scaling").getAsJsonObject()
                            : new JsonObject();
            parameters.add("rope_theta", config.remove("rope_theta"));
            config.add("rope_parameters", parameters);
            assertThat(architecture(config).config().rotary().frequencies()).containsExactly(older);
        }
    }

    /** A key of nanotron's that published Llamas have, and no class of transformers reads. */
    @Test
    void pairsStayHalfAHeadApartWhateverRopeInterleavedSays() throws Exception {
        DecoderFixture fixture = new DecoderFixture("llama2");
        JsonObject config = fixture.json("config.json");
        config.addProperty("rope_interleaved", true);
        int[] row = fixture.rows("single").get(0);
        try (Decoder plain = fixture.load();
                Decoder marked = fixture.load(config);
                NDManager scope = plain.memory().newSubManager();
                NDManager other = marked.memory().newSubManager()) {
            assertThat(marked.everywhere(other, row, Injection.NONE).toFloatArray())
                    .isEqualTo(plain.everywhere(scope, row, Injection.NONE).toFloatArray());
        }
    }

    @Test
    void aSlidingWindowBoundsTheLength() throws Exception {
        JsonObject mistral = new DecoderFixture("mistral").json("config.json");
        mistral.addProperty("sliding_window", 16);
        assertThat(architecture(mistral).config().maxLength()).isEqualTo(16);
        JsonObject qwen = new DecoderFixture("qwen2").json("config.json");
        int positions = qwen.get("max_position_embeddings").getAsInt();
        qwen.addProperty("sliding_window", 16);
        qwen.addProperty("use_sliding_window", false);
        assertThat(architecture(qwen).config().maxLength()).isEqualTo(positions);
        qwen.addProperty("use_sliding_window", true);
        assertThat(architecture(qwen).config().maxLength()).isEqualTo(16);
    }

    @Test
    void theTokensThatEndATextAreThoseOfTheConfig() throws Exception {
        JsonObject config = new DecoderFixture("llama3").json("config.json");
        config.add("eos_token_id", JsonParser.parseString("[2, 48, 95]"));
        assertThat(architecture(config).config().endTokens()).containsExactly(2, 48, 95);
        config.addProperty("eos_token_id", 7);
        assertThat(architecture(config).config().endTokens()).containsExactly(7);
        config.remove("eos_token_id");
        assertThat(architecture(config).config().endTokens()).isEmpty();
    }

    @Test
    void aDecoderIsAskedForWhatComesNextOnly() throws Exception {
        try (Decoder decoder = new DecoderFixture("gpt2").load()) {
            for (int[] asked : new int[][] {{}, {0}, {1}, {0, 2}, {0, 1, 2}}) {
                TokenRow row = new TokenRow(new int[] {4, 5, 6}, new int[3], asked);
                assertThatThrownBy(() -> decoder.scores(List.of(row), new int[0], false))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("predicts what comes");
            }
            TokenRow two = new TokenRow(new int[] {4, 5, 6}, new int[3], new int[] {1, 2});
            float[][][] scores = decoder.scores(List.of(two), new int[] {8, 9}, true);
            TokenRow one = new TokenRow(new int[] {4, 0}, new int[2], new int[] {1});
            assertThat(scores[0][0]).containsExactly(decoder.scores(List.of(one), new int[] {8, 9}, true)[0][0]);
            assertThat(scores[0][1]).containsOnly(Float.NEGATIVE_INFINITY);
            assertThatThrownBy(() -> decoder.logits(
                            decoder.memory(), List.of(two), new int[0], false, Dropout.NONE, Injection.NONE))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void aTargetWithoutASourceIsRefused() throws Exception {
        TextRow whole = new TextRow(new int[] {4, 5}, new int[] {6});
        TextRow half = new TextRow(new int[0], new int[] {6, 7});
        try (Decoder decoder = new DecoderFixture("gpt2").load()) {
            for (List<TextRow> rows : List.of(List.of(half), List.of(whole, half))) {
                assertThatThrownBy(() -> decoder.targetLosses(rows))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("after a text");
                assertThatThrownBy(() -> decoder.targetLoss(decoder.memory(), rows, Dropout.NONE, Injection.NONE))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private static DecoderArchitecture architecture(JsonObject config) {
        return DecoderArchitecture.of((DecoderFamily) BackboneFamilies.of("tiny", config), config);
    }

    /** Loading the model without that tensor is refused. */
    private String refused(Problem problem, String name, String missing) {
        ClozeException refused = catchThrowableOfType(
                ClozeException.class, () -> without(name, missing).close());
        assertThat(refused.problem()).isEqualTo(problem);
        return String.valueOf(refused.getMessage());
    }

    /** The model without that tensor. */
    private Decoder without(String name, String missing) throws Exception {
        DecoderFixture fixture = new DecoderFixture(name);
        Map<String, Tensor> tensors;
        try (Decoder decoder = fixture.load()) {
            tensors = decoder.tensors();
        }
        assertThat(tensors.remove(missing)).isNotNull();
        Path file = folder.resolve("model.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        DecoderArchitecture architecture = architecture(fixture.json("config.json"));
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            return Decoder.load(architecture, checkpoint, "tiny", ComputeDevice.CPU);
        }
    }
}
