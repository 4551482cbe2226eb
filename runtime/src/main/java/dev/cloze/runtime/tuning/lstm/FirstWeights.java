package dev.cloze.runtime.tuning.lstm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.training.RandomStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The weights a training starts with, as {@code torch.nn} has them: those of the LSTM uniform up to 1/sqrt(hidden size), those
 * of the head up to 1/sqrt(2 hidden sizes), word vectors normal. With a file of vectors these are the file's, and those of
 * words that it lacks uniform up to 0.25 (Kim 2014, arXiv 1408.5882, section 3.2). That of unknown words is zero.
 */
final class FirstWeights implements WeightSource {

    private static final double BESIDE_A_FILE = 0.25;

    private final LstmShape shape;
    private final KnownWords known;
    private final Map<String, float[]> vectors;
    private final long seed;
    private final Map<String, Integer> places = new HashMap<>();

    FirstWeights(LstmShape shape, KnownWords known, Map<String, float[]> vectors, long seed) {
        this.shape = shape;
        this.known = known;
        this.vectors = vectors;
        this.seed = seed;
        List<String> names = shape.slots().stream()
                .map(slot -> slot.orElseThrow().parts().get(0))
                .toList();
        IntStream.range(0, names.size()).forEach(i -> places.put(names.get(i), i));
    }

    @Override
    public NDArray weight(NDManager memory, WeightSlot slot) {
        String name = slot.parts().get(0);
        int place = places.getOrDefault(name, 0);
        float[] values = new float[size(slot)];
        Random random = new Random(RandomStream.INIT.seed(seed, place));
        if (place > 0) {
            uniform(values, random, 1 / Math.sqrt(name.startsWith("linear") ? 2.0 * shape.hidden() : shape.hidden()));
        } else {
            wordVectors(values, random);
        }
        return memory.create(values, new Shape(slot.joinedShape()));
    }

    private static void uniform(float[] values, Random random, double most) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * most);
        }
    }

    private void wordVectors(float[] table, Random random) {
        if (vectors.isEmpty()) {
            for (int i = 0; i < table.length; i++) {
                table[i] = (float) random.nextGaussian();
            }
        } else {
            uniform(table, random, BESIDE_A_FILE);
        }
        putVectors(table);
    }

    private static int size(WeightSlot slot) {
        long size = 1;
        for (long axis : slot.joinedShape()) {
            size = Math.multiplyExact(size, axis);
        }
        return Math.toIntExact(size);
    }

    private void putVectors(float[] table) {
        int width = shape.embedding();
        Arrays.fill(table, KnownWords.UNKNOWN * width, (KnownWords.UNKNOWN + 1) * width, 0);
        for (int i = 0; i < known.words().size(); i++) {
            float[] vector = vectors.get(known.words().get(i));
            if (vector != null) {
                System.arraycopy(vector, 0, table, (KnownWords.FIRST + i) * width, width);
            }
        }
    }
}
