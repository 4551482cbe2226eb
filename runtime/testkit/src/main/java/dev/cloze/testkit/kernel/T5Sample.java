package dev.cloze.testkit.kernel;

import dev.cloze.runtime.backbone.t5.RelativeBuckets;
import dev.cloze.runtime.backbone.t5.T5Config;
import dev.cloze.runtime.backbone.t5.T5Weights;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A T5 with random weights, to be called.
 *
 * @param archive its kernel's file
 * @param config its shape
 * @param random what all its numbers come from
 * @param shared the first list of its weights
 * @param encoder the second
 * @param decoder the third
 */
record T5Sample(String archive, T5Config config, Random random, Argument shared, Argument encoder, Argument decoder) {

    private static final ComputeDevice OTHER = new ComputeDevice(0);

    /** One with weights of its own in each layer, or alike in all of each half. */
    static T5Sample of(String archive, T5Config config, boolean alike) {
        Random random = new Random(5);
        RandomWeights weights = new RandomWeights(random);
        T5Weights table = T5Weights.of(config);
        return new T5Sample(
                archive,
                config,
                random,
                Argument.weights("shared", weights.of(table.shared())),
                Argument.weights(
                        "encoder",
                        alike ? weights.alike(table.encoder(), config.encoderLayers()) : weights.of(table.encoder())),
                Argument.weights(
                        "decoder",
                        alike ? weights.alike(table.decoder(), config.decoderLayers()) : weights.of(table.decoder())));
    }

    KernelCall call(String name, String method, List<Argument> arguments) {
        return KernelCall.of(archive, name, config.kernel(ComputeDevice.CPU), method, arguments)
                .withElsewhere(config.kernel(OTHER))
                .compared(Comparison.BF16);
    }

    Argument ids(String name, int rows, int length) {
        return Argument.one(name, Numbers.ids(random, config.vocabularySize(), rows, length));
    }

    /** Keys or values of one layer, small, as T5 doesn't scale scores: attention would be all or nothing. */
    Floats keys(int rows, int slots) {
        return Floats.random(random, 0, 0.3, rows, config.heads(), slots, config.headSize());
    }

    /** The buckets of the distances from the first to the last one. */
    static Argument buckets(String name, RelativeBuckets buckets, int from, int to) {
        int[] numbers = Arrays.stream(buckets.range(from, to))
                .mapToInt(Math::toIntExact)
                .toArray();
        return Argument.one(name, Numbers.integers(numbers, numbers.length));
    }

    static Argument noBuckets(String name) {
        return Argument.one(name, Numbers.none());
    }
}
