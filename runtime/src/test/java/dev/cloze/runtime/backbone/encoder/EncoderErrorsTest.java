package dev.cloze.runtime.backbone.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that cannot be read: each says why, and what would be right. */
class EncoderErrorsTest {

    private static final String CONFIG = """
        {"model_type": "bert", "vocab_size": 11, "hidden_size": 8, "num_hidden_layers": 1,
         "num_attention_heads": 2, "intermediate_size": 12, "max_position_embeddings": 16}\
        """;

    @TempDir
    private Path folder;

    @Test
    void aWholeCheckpointIsRead() {
        try (Encoder encoder = load(tensors())) {
            assertThat(encoder.weights()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "bert: cls.predictions.transform.dense, cls.predictions.transform.LayerNorm,"
                        + " cls.predictions.decoder.weight, cls.predictions.bias",
                "roberta: lm_head.dense, lm_head.layer_norm, lm_head.decoder.weight, lm_head.bias",
                "xlm-roberta: lm_head.dense, lm_head.layer_norm, lm_head.decoder.weight, lm_head.bias",
                "albert: predictions.dense, predictions.LayerNorm, predictions.decoder.weight, predictions.bias",
                "distilbert: vocab_transform, vocab_layer_norm, vocab_projector.weight, vocab_projector.bias"
            })
    void aMissingHeadWeightIsAnErrorThatNamesItAndTheHead(String type, String head) {
        JsonObject config = config(type);
        config.addProperty("tie_word_embeddings", false);
        for (String part : head.split(", ")) {
            boolean both = !part.endsWith(".weight") && !part.endsWith(".bias");
            for (String name : both ? List.of(part + ".weight", part + ".bias") : List.of(part)) {
                Map<String, Tensor> tensors = tensors(config);
                assertThat(tensors.remove(name)).as("%s of %s", name, type).isNotNull();
                assertThat(refused(Problem.CHECKPOINT_MISSING_WEIGHT, config, tensors))
                        .startsWith("[CheckpointMissingWeight] The checkpoint of tiny has no tensor " + name + ".")
                        .contains("masked-LM head");
            }
        }
    }

    /** As BertModel and its like are stored: with the base model's prefix or without. */
    @ParameterizedTest
    @CsvSource({
        "bert, true",
        "bert, false",
        "roberta, true",
        "roberta, false",
        "xlm-roberta, false",
        "albert, true",
        "albert, false",
        "distilbert, true",
        "distilbert, false"
    })
    void aCheckpointWithNothingOfAHeadHasHiddenStatesAndRefusesWords(String type, boolean prefixed) {
        JsonObject config = config(type);
        String prefix = Architectures.of("tiny", config).family().basePrefix();
        Map<String, Tensor> body = new LinkedHashMap<>();
        tensors(config).forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                body.put(prefixed ? name : name.substring(prefix.length()), tensor);
            }
        });
        try (Encoder encoder = load(config, body);
                NDManager scope = encoder.memory().newSubManager()) {
            List<TokenRow> rows = List.of(new TokenRow(new int[] {3, 4}, new int[2], new int[] {0}));
            assertThat(encoder.states(scope, rows, StatePooling.PLACES).getShape())
                    .isEqualTo(new Shape(1, 1, 8));
            assertThat(encoder.missingHead()).isPresent();
            assertThat(encoder.tensors().keySet()).allMatch(name -> name.startsWith(prefix));
            ClozeException refused =
                    catchThrowableOfType(ClozeException.class, () -> encoder.scores(rows, new int[] {1}, false));
            assertThat(refused.problem()).isEqualTo(Problem.CHECKPOINT_MISSING_WEIGHT);
            assertThat(refused)
                    .hasMessageContaining(encoder.missingHead().orElseThrow())
                    .hasMessageContaining("masked-LM head")
                    .hasMessageContaining("sentence vectors");
            assertThatThrownBy(() -> encoder.logits(scope, rows, new int[0], false, Dropout.NONE, Injection.NONE))
                    .hasMessage(refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "roberta", "xlm-roberta", "albert", "distilbert"})
    void aTiedHeadNeedsNoMatrixOfItsOwn(String type) {
        JsonObject config = config(type);
        assertThat(tensors(config).keySet()).noneMatch(name -> name.matches(".*(decoder|projector)\\.weight"));
        load(config, tensors(config)).close();
    }

    @Test
    void aMissingLayerWeightIsAnErrorThatNamesIt() {
        Map<String, Tensor> tensors = tensors();
        tensors.remove("bert.encoder.layer.0.attention.self.key.weight");
        assertThat(refused(Problem.CHECKPOINT_MISSING_WEIGHT, tensors))
                .contains("has no tensor bert.encoder.layer.0.attention.self.key.weight.")
                .contains("incomplete");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "bert.embeddings.word_embeddings.weight; 10,8; [10, 8]; [11, 8]; vocab_size",
                "bert.encoder.layer.0.intermediate.dense.weight; 16,8; [16, 8]; [12, 8]; intermediate_size",
                "bert.encoder.layer.0.attention.self.value.bias; 9; [9]; [8]; hidden_size",
                "cls.predictions.bias; 12; [12]; [11]; vocab_size"
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

    @Test
    void unexpectedTensorsAreOneLoggedLine() {
        Map<String, Tensor> tensors = tensors();
        tensors.put("bert.pooler.dense.weight", zeros(8, 8));
        tensors.put("cls.seq_relationship.bias", zeros(2));
        List<String> log = Logged.during(() -> {
            try (Encoder encoder = load(tensors)) {
                assertThat(encoder.weights()).isNotEmpty();
            }
        });
        assertThat(log)
                .filteredOn(line -> line.contains("not used"))
                .singleElement()
                .asString()
                .endsWith("tiny: 2 tensors of the checkpoint are not used:"
                        + " bert.pooler.dense.weight, cls.seq_relationship.bias");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "hidden_size; null; has no hidden_size",
                "hidden_size; 0; hidden_size",
                "hidden_size; 7.5; hidden_size",
                "hidden_size; 'wide'; hidden_size",
                "num_attention_heads; 3; doesn't divide hidden_size = 8",
                "layer_norm_eps; 0; layer_norm_eps",
                "hidden_dropout_prob; 1; hidden_dropout_prob",
                "tie_word_embeddings; 1; true or false",
                "hidden_act; \"gelu_neww\"; Did you mean \"gelu_new\"?"
            })
    void aConfigThatCannotBeIsAnErrorThatNamesTheKey(String key, String value, String part) {
        JsonObject config = config();
        config.add(key, JsonParser.parseString(value));
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> Architectures.of("tiny", config));
        assertThat(refused.problem()).isEqualTo(Problem.MODEL_CONFIG);
        assertThat(refused).hasMessageContaining(part);
    }

    @ParameterizedTest
    @CsvSource({"xlnet, is of type xlnet", "'', has neither a model_type nor architectures"})
    void aModelOfAnotherKindListsTheKindsThereAre(String type, String part) {
        JsonObject config = config();
        config.addProperty("model_type", type);
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> Architectures.of("tiny", config));
        assertThat(refused.problem()).isEqualTo(Problem.MODEL_UNSUPPORTED);
        assertThat(refused).hasMessageContaining(part).hasMessageContaining("albert, bert, ");
    }

    private Encoder load(Map<String, Tensor> tensors) {
        return load(config(), tensors);
    }

    private Encoder load(JsonObject config, Map<String, Tensor> tensors) {
        Path file = folder.resolve("model.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            return Encoder.load(Architectures.of("tiny", config), checkpoint, "tiny", ComputeDevice.CPU);
        }
    }

    private String refused(Problem problem, Map<String, Tensor> tensors) {
        return refused(problem, config(), tensors);
    }

    private String refused(Problem problem, JsonObject config, Map<String, Tensor> tensors) {
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> load(config, tensors));
        assertThat(refused.problem()).isEqualTo(problem);
        return String.valueOf(refused.getMessage());
    }

    /** All that the configuration asks for, as zeros. */
    private static Map<String, Tensor> tensors() {
        return tensors(config());
    }

    private static Map<String, Tensor> tensors(JsonObject config) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (WeightSlot slot : Architectures.of("tiny", config).weights().slots()) {
            slot.parts().forEach(part -> tensors.put(part, zeros(slot.shape())));
        }
        return tensors;
    }

    private static Tensor zeros(long... shape) {
        return Tensor.of(new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)], shape);
    }

    private static JsonObject config() {
        return JsonParser.parseString(CONFIG).getAsJsonObject();
    }

    /** The same model as one of another family; DistilBERT calls every size by another name. */
    private static JsonObject config(String type) {
        JsonObject config = config();
        config.addProperty("model_type", type);
        config.addProperty("embedding_size", 8);
        Map<String, String> names = Map.of(
                "hidden_size", "dim",
                "num_hidden_layers", "n_layers",
                "num_attention_heads", "n_heads",
                "intermediate_size", "hidden_dim");
        if (type.equals("distilbert")) {
            names.forEach((usual, own) -> config.add(own, config.remove(usual)));
        }
        return config;
    }
}
