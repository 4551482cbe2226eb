package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A T5 said again in array operations by published names, for one text, one head after the other, in float64. */
final class RestatedT5 {

    private final NDManager scope;
    private final T5Config config;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final List<NDArray> ownKeysAndValues = new ArrayList<>();

    RestatedT5(NDManager scope, T5Config config, Map<String, Tensor> tensors) {
        this.scope = scope;
        this.config = config;
        tensors.forEach((name, tensor) -> weights.put(
                name,
                scope.create(T5Fixture.array(tensor.data()), new Shape(tensor.shape()))
                        .toType(DataType.FLOAT64, true)));
    }

    /** Keys and values of the decoder's own tokens in the last run, of each layer in turn: (1, H, T, D). */
    List<NDArray> ownKeysAndValues() {
        return List.copyOf(ownKeysAndValues);
    }

    /** Logits at each of the decoder's inputs: (T, V). */
    NDArray logits(int[] source, int[] inputs, Injection injection) {
        ownKeysAndValues.clear();
        NDArray states = embed(source);
        for (int i = 0; i < config.encoderLayers(); i++) {
            String layer = "encoder.block." + i + ".layer.";
            NDArray h = norm(states, layer + "0.layer_norm");
            states = states.add(attend(h, h, layer + "0.SelfAttention.", PrefixSite.ENCODER, i, injection));
            states = feed(states, layer + "1.");
        }
        states = norm(states, "encoder.final_layer_norm");
        NDArray x = embed(inputs);
        for (int i = 0; i < config.decoderLayers(); i++) {
            String layer = "decoder.block." + i + ".layer.";
            NDArray h = norm(x, layer + "0.layer_norm");
            x = x.add(attend(h, h, layer + "0.SelfAttention.", PrefixSite.DECODER, i, injection));
            h = norm(x, layer + "1.layer_norm");
            x = x.add(attend(h, states, layer + "1.EncDecAttention.", PrefixSite.CROSS, i, injection));
            x = feed(x, layer + "2.");
        }
        x = norm(x, "decoder.final_layer_norm");
        return config.tied()
                ? x.div(Math.sqrt(config.hiddenSize())).matMul(weight("shared").transpose())
                : x.matMul(weight("lm_head").transpose());
    }

    private NDArray attend(NDArray from, NDArray to, String name, PrefixSite site, int layer, Injection injection) {
        List<NDArray> prefix = injection.prefix(site);
        int width = config.headSize();
        NDList outputs = new NDList();
        NDList keys = new NDList();
        NDList values = new NDList();
        for (int head = 0; head < config.heads(); head++) {
            NDIndex rows = new NDIndex(head * width + ":" + (head + 1) * width);
            NDArray q = from.matMul(weight(name + "q").get(rows).transpose());
            NDArray k = to.matMul(weight(name + "k").get(rows).transpose());
            NDArray v = to.matMul(weight(name + "v").get(rows).transpose());
            keys.add(k);
            values.add(v);
            if (!prefix.isEmpty()) {
                k = NDArrays.concat(new NDList(prefix.get(2 * layer).get(0).get(head), k), 0);
                v = NDArrays.concat(new NDList(prefix.get(2 * layer + 1).get(0).get(head), v), 0);
            }
            NDArray scores = q.matMul(k.transpose());
            if (site != PrefixSite.CROSS) {
                scores = scores.add(bias((int) q.getShape().get(0), site, layer, head, injection));
            }
            outputs.add(scores.softmax(1).matMul(v));
        }
        if (site == PrefixSite.DECODER) {
            ownKeysAndValues.add(NDArrays.stack(keys).expandDims(0));
            ownKeysAndValues.add(NDArrays.stack(values).expandDims(0));
        }
        return NDArrays.concat(outputs, 1).matMul(weight(name + "o").transpose());
    }

    /** Prefix keys stand at 0 to P - 1, the text's tokens from the first position on; umT5's layers have a table each. */
    private NDArray bias(int tokens, PrefixSite site, int layer, int head, Injection injection) {
        boolean encoder = site == PrefixSite.ENCODER;
        String half = encoder ? "encoder" : "decoder";
        String name = ".layer.0.SelfAttention.relative_attention_bias";
        String own = half + ".block." + layer + name;
        NDArray table = weight(weights.containsKey(own + ".weight") ? own : half + ".block.0" + name);
        double[] biases = table.get(":, " + head).toDoubleArray();
        int prefix = injection.prefixLength(site);
        double[] bias = new double[tokens * (prefix + tokens)];
        for (int i = 0; i < tokens; i++) {
            for (int j = 0; j < prefix + tokens; j++) {
                int key = j < prefix ? j : injection.firstPosition() + j - prefix;
                int distance = key - injection.firstPosition() - i;
                boolean unseen = !encoder && j >= prefix && distance > 0;
                bias[i * (prefix + tokens) + j] = unseen ? Double.NEGATIVE_INFINITY : biases[bucket(distance, encoder)];
            }
        }
        return scope.create(bias, new Shape(tokens, prefix + tokens));
    }

    private int bucket(int distance, boolean encoder) {
        int count = encoder ? config.buckets() / 2 : config.buckets();
        int size = encoder ? Math.abs(distance) : Math.max(0, -distance);
        int later = encoder && distance > 0 ? count : 0;
        int exact = count / 2;
        if (size < exact) {
            return later + size;
        }
        double share = Math.log((double) size / exact) / Math.log((double) config.maxDistance() / exact);
        return later + Math.min(count - 1, exact + (int) (share * (count - exact) + 1e-9));
    }

    private NDArray feed(NDArray x, String layer) {
        NDArray h = norm(x, layer + "layer_norm");
        String dense = layer + "DenseReluDense.";
        NDArray up = config.gated()
                ? geluTanh(h.matMul(weight(dense + "wi_0").transpose()))
                        .mul(h.matMul(weight(dense + "wi_1").transpose()))
                : h.matMul(weight(dense + "wi").transpose()).maximum(0);
        return x.add(up.matMul(weight(dense + "wo").transpose()));
    }

    private static NDArray geluTanh(NDArray x) {
        NDArray inner = x.add(x.pow(3).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
        return x.mul(inner.tanh().add(1)).mul(0.5);
    }

    private NDArray norm(NDArray x, String name) {
        NDArray square = x.square().mean(new int[] {1}, true);
        return x.div(square.add(config.epsilon()).sqrt()).mul(weight(name));
    }

    private NDArray embed(int[] ids) {
        return weight("shared").get(scope.create(ids).toType(DataType.INT64, false));
    }

    private NDArray weight(String name) {
        return Objects.requireNonNull(weights.get(name + ".weight"), name);
    }
}
