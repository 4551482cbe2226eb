package dev.cloze.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cloze.runtime.backbone.TokenRow;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The body of an encoder in ONNX Runtime, with all its optimizations, in this very process. B texts, T tokens, E hidden size. */
final class OnnxBody implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private OnnxBody(Path file, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            this.session = environment.createSession(file.toString(), options);
        }
    }

    /** The model of that folder, exported where it has not been. */
    static OnnxBody of(Settings settings, Shape shape) throws IOException, OrtException, InterruptedException {
        Path file = settings.work().resolve(shape.folder().getFileName() + ".onnx");
        if (!Files.exists(file)) {
            List<String> command = List.of(
                    settings.python().toString(),
                    settings.scripts().resolve("export_onnx.py").toString(),
                    shape.folder().toString(),
                    file.toString());
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                Files.deleteIfExists(file);
                throw new IOException(
                        "export_onnx.py failed, which needs the packages onnx and onnxscript; its words are above.");
            }
        }
        return new OnnxBody(file, settings.threads());
    }

    /** The last hidden states of a batch padded to its longest, (B, T, E) one after another. */
    float[] states(List<TokenRow> rows) {
        int width = rows.stream().mapToInt(TokenRow::length).max().orElseThrow();
        LongBuffer ids = LongBuffer.allocate(rows.size() * width);
        LongBuffer mask = LongBuffer.allocate(rows.size() * width);
        for (int r = 0; r < rows.size(); r++) {
            int[] own = rows.get(r).ids();
            for (int t = 0; t < own.length; t++) {
                ids.put(r * width + t, own[t]);
                mask.put(r * width + t, 1);
            }
        }
        long[] shape = {rows.size(), width};
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            inputs.put("input_ids", OnnxTensor.createTensor(environment, ids, shape));
            inputs.put("attention_mask", OnnxTensor.createTensor(environment, mask, shape));
            inputs.put(
                    "token_type_ids",
                    OnnxTensor.createTensor(environment, LongBuffer.allocate(rows.size() * width), shape));
            try (OrtSession.Result result = session.run(inputs)) {
                FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] copy = new float[states.remaining()];
                states.get(copy);
                return copy;
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    /** The mean over each text's tokens, for comparison. */
    double[][] means(List<TokenRow> rows) {
        List<double[]> means = new ArrayList<>();
        for (TokenRow row : rows) {
            float[] states = states(List.of(row));
            double[] mean = new double[states.length / row.length()];
            for (int i = 0; i < states.length; i++) {
                mean[i % mean.length] += states[i] / row.length();
            }
            means.add(mean);
        }
        return means.toArray(double[][]::new);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
