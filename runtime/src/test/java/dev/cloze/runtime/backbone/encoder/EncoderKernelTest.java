package dev.cloze.runtime.backbone.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.TensorList;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What soft methods need of the encoder kernel: embeddings in place of ids, and key/value prefixes. */
class EncoderKernelTest {

    private static final int PREFIX = 3;

    private final Encoder encoder;
    private final EncoderConfig config;
    private final NDManager scope;
    private final Kernel kernel;
    private final List<NDArray> embedding;
    private final List<NDArray> layers;
    private final List<NDArray> head;
    private final EncoderBatch batch;
    private final NDArray none;

    EncoderKernelTest() throws IOException, URISyntaxException {
        ParityFixture fixture = new ParityFixture("bert-tied");
        encoder = fixture.load();
        config = encoder.architecture().config();
        scope = encoder.memory().newSubManager();
        kernel = Kernel.compile(scope, encoder.architecture().kernel());
        embedding = arrays(encoder.architecture().weights().embedding());
        layers = arrays(encoder.architecture().weights().layers());
        head = arrays(encoder.architecture().weights().head());
        batch = EncoderBatch.of(scope, fixture.rows("single"), 0);
        none = scope.create(new float[0]);
    }

    @AfterEach
    void free() {
        kernel.close();
        scope.close();
        encoder.close();
    }

    @Test
    void embeddingsInPlaceOfIdsGiveTheSameLogits() {
        NDArray looked = embedding.get(0).get(batch.ids().reshape(batch.ids().size()));
        NDArray inputs = looked.reshape(1, batch.ids().size(), config.embeddingSize());
        assertThat(run(inputs, List.of(none))).containsExactly(run(none, List.of(none)), within(1e-6f));
    }

    @Test
    void prefixesAreKeysAndValuesInFrontOfEachLayersOwn() {
        NDList prefixes = new NDList();
        Random random = new Random(2);
        for (int i = 0; i < 2 * config.layers(); i++) {
            int width = config.hiddenSize() / config.heads();
            float[] values = new float[config.heads() * PREFIX * width];
            for (int v = 0; v < values.length; v++) {
                values[v] = (float) random.nextGaussian();
            }
            prefixes.add(scope.create(values, new Shape(1, config.heads(), PREFIX, width)));
        }
        float[] plain = run(none, List.of(none));
        float[] prefixed = run(none, prefixes);
        assertThat(prefixed).containsExactly(restated(prefixes), within(1e-5f));
        assertThat(plain).containsExactly(restated(new NDList()), within(1e-5f));
        assertThat(Arrays.equals(prefixed, plain)).isFalse();
    }

    private float[] run(NDArray inputs, List<NDArray> prefixes) {
        try (TensorList prefixList = TensorList.of(prefixes);
                TensorList embeddingList = TensorList.of(embedding);
                TensorList layerList = TensorList.of(layers);
                TensorList headList = TensorList.of(head)) {
            return kernel.infer(
                            scope,
                            "forward",
                            batch.ids(),
                            batch.segments(),
                            batch.positions(),
                            batch.mask(),
                            batch.asked(),
                            scope.create(new long[0]),
                            Control.of(scope, 0, 0, 0, 0),
                            inputs,
                            prefixList,
                            embeddingList,
                            layerList,
                            headList)
                    .toFloatArray();
        }
    }

    /** The same encoder in array operations, for one text. */
    private float[] restated(NDList prefixes) {
        NDArray x = embedding
                .get(0)
                .get(batch.ids().reshape(batch.ids().size()))
                .add(embedding.get(1).get(new NDIndex("0:" + batch.ids().size())));
        NDArray segments = batch.segments().isEmpty()
                ? scope.zeros(new Shape(batch.ids().size()), ai.djl.ndarray.types.DataType.INT64)
                : batch.segments().reshape(batch.ids().size());
        x = norm(x.add(embedding.get(2).get(segments)), embedding.get(3), embedding.get(4));
        for (int i = 0; i < config.layers(); i++) {
            List<NDArray> w = layers.subList(12 * i, 12 * i + 12);
            NDArray attended = attend(x, w, i, prefixes);
            NDArray h = norm(x.add(linear(attended, w.get(2), w.get(3))), w.get(4), w.get(5));
            NDArray up = gelu(linear(h, w.get(6), w.get(7)));
            x = norm(h.add(linear(up, w.get(8), w.get(9))), w.get(10), w.get(11));
        }
        NDArray h = norm(gelu(linear(x, head.get(0), head.get(1))), head.get(2), head.get(3));
        return linear(h, embedding.get(0), head.get(5)).toFloatArray();
    }

    private NDArray attend(NDArray x, List<NDArray> w, int layer, NDList prefixes) {
        int width = config.hiddenSize() / config.heads();
        NDList qkv = linear(x, w.get(0), w.get(1)).split(3, 1);
        NDList outputs = new NDList();
        for (int head = 0; head < config.heads(); head++) {
            NDIndex columns = new NDIndex(":," + head * width + ":" + (head + 1) * width);
            NDArray k = qkv.get(1).get(columns);
            NDArray v = qkv.get(2).get(columns);
            if (!prefixes.isEmpty()) {
                k = NDArrays.concat(new NDList(prefixes.get(2 * layer).get(0).get(head), k), 0);
                v = NDArrays.concat(
                        new NDList(prefixes.get(2 * layer + 1).get(0).get(head), v), 0);
            }
            NDArray scores = qkv.get(0).get(columns).matMul(k.transpose()).div(Math.sqrt(width));
            outputs.add(scores.softmax(1).matMul(v));
        }
        return NDArrays.concat(outputs, 1);
    }

    private NDArray norm(NDArray x, NDArray scale, NDArray shift) {
        NDArray mean = x.mean(new int[] {1}, true);
        NDArray centred = x.sub(mean);
        NDArray variance = centred.square().mean(new int[] {1}, true);
        return centred.div(variance.add(config.epsilon()).sqrt()).mul(scale).add(shift);
    }

    private static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return x.matMul(weight.transpose()).add(bias);
    }

    private static NDArray gelu(NDArray x) {
        return x.mul(x.div(Math.sqrt(2)).erf().add(1)).mul(0.5);
    }

    private List<NDArray> arrays(List<Optional<WeightSlot>> slots) {
        List<NDArray> arrays = new ArrayList<>();
        for (Optional<WeightSlot> slot : slots) {
            arrays.add(slot.map(encoder.weights()::get).orElseGet(() -> scope.create(new float[0])));
        }
        return arrays;
    }
}
