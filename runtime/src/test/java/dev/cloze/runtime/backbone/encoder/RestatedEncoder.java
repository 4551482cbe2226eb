package dev.cloze.runtime.backbone.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * An encoder said again in array operations by published names and config.json, for one text, one head after the other, in
 * float64.
 */
final class RestatedEncoder {

    private final NDManager scope;
    private final JsonObject config;
    private final Names names;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();

    /** What a family calls its tensors and some of its keys. */
    private enum Names {
        BERT(
                "bert.encoder.layer.",
                "attention.self.query attention.self.key attention.self.value attention.output.dense"
                        + " attention.output.LayerNorm intermediate.dense output.dense output.LayerNorm",
                "cls.predictions.transform.dense cls.predictions.transform.LayerNorm cls.predictions",
                "num_hidden_layers num_attention_heads"),
        ROBERTA(
                "roberta.encoder.layer.",
                BERT.inLayer,
                "lm_head.dense lm_head.layer_norm lm_head",
                "num_hidden_layers num_attention_heads"),
        ALBERT(
                "albert.encoder.albert_layer_groups.0.albert_layers.",
                "attention.query attention.key attention.value attention.dense attention.LayerNorm ffn ffn_output"
                        + " full_layer_layer_norm",
                "predictions.dense predictions.LayerNorm predictions",
                "num_hidden_layers num_attention_heads"),
        DISTILBERT(
                "distilbert.transformer.layer.",
                "attention.q_lin attention.k_lin attention.v_lin attention.out_lin sa_layer_norm ffn.lin1 ffn.lin2"
                        + " output_layer_norm",
                "vocab_transform vocab_layer_norm vocab_projector",
                "n_layers n_heads");

        final String layers;
        final String inLayer;
        final String head;
        final String keys;

        Names(String layers, String inLayer, String head, String keys) {
            this.layers = layers;
            this.inLayer = inLayer;
            this.head = head;
            this.keys = keys;
        }
    }

    RestatedEncoder(NDManager scope, JsonObject config, Map<String, Tensor> tensors) {
        this.scope = scope;
        this.config = config;
        this.names = Names.valueOf(config.get("model_type").getAsString().toUpperCase(Locale.ROOT));
        tensors.forEach((name, tensor) -> weights.put(
                name, scope.create(floats(tensor), new Shape(tensor.shape())).toType(DataType.FLOAT64, true)));
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[tensor.data().remaining()];
        tensor.data().duplicate().get(values);
        return values;
    }

    /** Logits of the whole vocabulary at the positions asked: (M, V). */
    NDArray logits(TokenRow row, Injection injection) {
        NDArray x = embed(row, injection.firstPosition());
        int layers = config.get(names.keys.split(" ")[0]).getAsInt();
        for (int i = 0; i < layers; i++) {
            List<NDArray> prefix = injection.prefix(PrefixSite.ENCODER);
            x = layer(x, i, prefix.isEmpty() ? prefix : prefix.subList(2 * i, 2 * i + 2));
        }
        String[] head = names.head.split(" ");
        NDArray h = norm(activate(linear(x.get(scope.create(longs(row.asked()))), head[0])), head[1]);
        return h.matMul(weight(base() + "embeddings.word_embeddings.weight").transpose())
                .add(weight(head[2] + ".bias"));
    }

    /** Words, positions from the family's first one on, segments where it has them. */
    private NDArray embed(TokenRow row, int firstPosition) {
        String table = base() + "embeddings.";
        int first = firstPosition
                + (names == Names.ROBERTA ? config.get("pad_token_id").getAsInt() + 1 : 0);
        long[] positions =
                IntStream.range(first, first + row.length()).asLongStream().toArray();
        NDArray x = weight(table + "word_embeddings.weight")
                .get(scope.create(longs(row.ids())))
                .add(weight(table + "position_embeddings.weight").get(scope.create(positions)));
        if (names != Names.DISTILBERT) {
            x = x.add(weight(table + "token_type_embeddings.weight").get(scope.create(longs(row.segments()))));
        }
        x = norm(x, table + "LayerNorm");
        return names == Names.ALBERT ? linear(x, "albert.encoder.embedding_hidden_mapping_in") : x;
    }

    /** ALBERT's layers are all the same one. */
    private NDArray layer(NDArray x, int layer, List<NDArray> prefix) {
        String start = names.layers + (names == Names.ALBERT ? 0 : layer) + ".";
        String[] parts = IntStream.range(0, 8)
                .mapToObj(i -> start + names.inLayer.split(" ")[i])
                .toArray(String[]::new);
        NDArray attended = linear(attend(x, parts, prefix), parts[3]);
        NDArray h = norm(x.add(attended), parts[4]);
        return norm(h.add(linear(activate(linear(h, parts[5])), parts[6])), parts[7]);
    }

    private NDArray attend(NDArray x, String[] parts, List<NDArray> prefix) {
        int heads = config.get(names.keys.split(" ")[1]).getAsInt();
        int width = (int) x.getShape().get(1) / heads;
        NDArray q = linear(x, parts[0]);
        NDArray k = linear(x, parts[1]);
        NDArray v = linear(x, parts[2]);
        NDList outputs = new NDList();
        for (int head = 0; head < heads; head++) {
            NDIndex columns = new NDIndex(":," + head * width + ":" + (head + 1) * width);
            NDArray key = k.get(columns);
            NDArray value = v.get(columns);
            if (!prefix.isEmpty()) {
                key = NDArrays.concat(new NDList(prefix.get(0).get(0).get(head), key), 0);
                value = NDArrays.concat(new NDList(prefix.get(1).get(0).get(head), value), 0);
            }
            NDArray scores = q.get(columns).matMul(key.transpose()).div(Math.sqrt(width));
            outputs.add(scores.softmax(1).matMul(value));
        }
        return NDArrays.concat(outputs, 1);
    }

    private NDArray activate(NDArray x) {
        if (names == Names.ALBERT) {
            NDArray inner = x.add(x.pow(3).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
            return x.mul(inner.tanh().add(1)).mul(0.5);
        }
        return x.mul(x.div(Math.sqrt(2)).erf().add(1)).mul(0.5);
    }

    private NDArray norm(NDArray x, String name) {
        double epsilon =
                names == Names.DISTILBERT ? 1e-12 : config.get("layer_norm_eps").getAsDouble();
        NDArray centred = x.sub(x.mean(new int[] {1}, true));
        NDArray variance = centred.square().mean(new int[] {1}, true);
        return centred.div(variance.add(epsilon).sqrt())
                .mul(weight(name + ".weight"))
                .add(weight(name + ".bias"));
    }

    private NDArray linear(NDArray x, String name) {
        return x.matMul(weight(name + ".weight").transpose()).add(weight(name + ".bias"));
    }

    private String base() {
        return names.name().toLowerCase(Locale.ROOT) + ".";
    }

    private NDArray weight(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }
}
