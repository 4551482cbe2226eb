package dev.cloze.runtime.tuning.head;

import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.ClassifierHead.Activation;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A classification head that is trained no more, in numbers of Java: for the few numbers of a row a call of libtorch takes longer
 * than what it computes, and an engine of many tasks has one such call for each task of a batch.
 *
 * @param shape of the head
 * @param dense the layer before the labels, null where there is none
 * @param labels the labels' layer
 */
record FixedHead(ClassifierHead shape, @Nullable Linear dense, Linear labels) {

    /** A copy of what that head is now, which stays its owner's. */
    static FixedHead of(Head head) {
        Map<String, Tensor> tensors = head.tensors();
        ClassifierHead shape = head.shape();
        Linear labels = Linear.of(tensors, shape.labels());
        return new FixedHead(shape, shape.dense().isEmpty() ? null : Linear.of(tensors, shape.dense()), labels);
    }

    /** Scores of the labels (C,) of a hidden state (E,). */
    float[] scores(float[] state) {
        if (dense == null) {
            return labels.of(state);
        }
        float[] x = dense.of(state);
        for (int i = 0; i < x.length; i++) {
            x[i] = shape.activation() == Activation.TANH ? (float) Math.tanh(x[i]) : Math.max(0, x[i]);
        }
        return labels.of(x);
    }

    /** Its weights under their published names. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        if (dense != null) {
            dense.addTo(tensors, shape.dense());
        }
        labels.addTo(tensors, shape.labels());
        return tensors;
    }

    /**
     * A linear layer.
     *
     * @param inputs how many numbers it reads
     * @param weight (outputs, inputs), a row after the other
     * @param bias one for each output, or none
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares layers
    record Linear(int inputs, float[] weight, float[] bias) {

        static Linear of(Map<String, Tensor> tensors, String name) {
            Tensor weight = Objects.requireNonNull(tensors.get(name + ".weight"), name);
            Tensor bias = tensors.get(name + ".bias");
            return new Linear((int) weight.shape()[1], numbers(weight), bias == null ? new float[0] : numbers(bias));
        }

        private static float[] numbers(Tensor tensor) {
            float[] numbers = new float[tensor.data().remaining()];
            tensor.data().duplicate().get(numbers);
            return numbers;
        }

        float[] of(float[] x) {
            float[] outputs = new float[weight.length / inputs];
            for (int o = 0; o < outputs.length; o++) {
                outputs[o] = product(o * inputs, x) + (bias.length == 0 ? 0 : bias[o]);
            }
            return outputs;
        }

        /** In four sums, which a processor adds to at once and which round less than one. */
        private float product(int from, float[] x) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            int i = 0;
            for (; i + 3 < inputs; i += 4) {
                a += weight[from + i] * x[i];
                b += weight[from + i + 1] * x[i + 1];
                c += weight[from + i + 2] * x[i + 2];
                d += weight[from + i + 3] * x[i + 3];
            }
            for (; i < inputs; i++) {
                a += weight[from + i] * x[i];
            }
            return (a + b) + (c + d);
        }

        void addTo(Map<String, Tensor> tensors, String name) {
            tensors.put(name + ".weight", Tensor.of(weight, weight.length / inputs, inputs));
            if (bias.length > 0) {
                tensors.put(name + ".bias", Tensor.of(bias, bias.length));
            }
        }
    }
}
