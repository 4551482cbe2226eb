package dev.cloze.runtime.tuning.lstm;

import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import dev.cloze.annotations.Lstm;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What PyTorch computes, see {@code lstm_goldens.py}. */
record LstmGolden(List<int[]> rows, int[] labels, double learning_rate, double weight_decay, List<Network> networks) {

    static LstmGolden read() throws IOException {
        try (InputStream in = Objects.requireNonNull(LstmGolden.class.getResourceAsStream("/lstm/torch.json"))) {
            return new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), LstmGolden.class);
        }
    }

    record Numbers(long[] shape, double[] data) {
        float[] floats() {
            float[] floats = new float[data.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) data[i];
            }
            return floats;
        }
    }

    record Network(
            Lstm.Pooling pooling,
            Map<String, Numbers> weights,
            double[][] scores,
            double loss,
            Map<String, Numbers> gradients,
            double[] losses,
            double[] norms) {

        LstmShape shape() {
            long[] embedding = weight("embedding.weight").shape();
            long[] head = weight("linear.weight").shape();
            return LstmShape.of((int) embedding[0], (int) embedding[1], (int) head[1] / 2, (int) head[0], pooling);
        }

        private Numbers weight(String name) {
            return Objects.requireNonNull(weights.get(name), name);
        }

        /** The network, whose weights take gradients. */
        LstmNetwork load() {
            WeightSource source = (memory, slot) -> {
                Numbers numbers = weight(slot.parts().get(0));
                if (!Arrays.equals(numbers.shape(), slot.joinedShape())) {
                    throw new AssertionError(slot + " has the shape " + Arrays.toString(numbers.shape()));
                }
                return memory.create(numbers.floats(), new Shape(numbers.shape()));
            };
            return LstmNetwork.load(shape(), ComputeDevice.CPU, source.trainable());
        }
    }
}
