package dev.cloze.testkit.kernel;

import dev.cloze.runtime.backbone.decoder.DecoderArchitecture;
import dev.cloze.runtime.backbone.decoder.DecoderConfig;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.testkit.kernel.Values.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A decoder with random weights, to be called.
 *
 * @param archive its kernel's file
 * @param architecture its shape
 * @param random what all its numbers come from
 * @param embedding the first list of its weights
 * @param layers the second
 * @param head the third
 */
record DecoderSample(
        String archive,
        DecoderArchitecture architecture,
        Random random,
        Argument embedding,
        Argument layers,
        Argument head) {

    private static final ComputeDevice OTHER = new ComputeDevice(0);

    /** One with weights of its own in each layer, or alike in all. */
    static DecoderSample of(String archive, DecoderArchitecture architecture, boolean alike) {
        Random random = new Random(7);
        RandomWeights weights = new RandomWeights(random);
        DecoderConfig config = architecture.config();
        var table = architecture.weights();
        return new DecoderSample(
                archive,
                architecture,
                random,
                embedding(weights.of(table.embedding()), config.rotary().frequencies()),
                Argument.weights(
                        "layers", alike ? weights.alike(table.layers(), config.layers()) : weights.of(table.layers())),
                Argument.weights("head", weights.of(table.head())));
    }

    /** Rotary frequencies are no weights: a list with them has no gradients. */
    private static Argument embedding(List<Values> weights, float[] frequencies) {
        List<Values> all = new ArrayList<>(weights);
        all.add(new Floats(frequencies, frequencies.length));
        return frequencies.length == 0 ? Argument.weights("embedding", all) : Argument.list("embedding", all);
    }

    DecoderConfig config() {
        return architecture.config();
    }

    /** A call whose own arguments stand before the weights. */
    KernelCall call(String name, String method, Argument... own) {
        return exactly(
                name,
                method,
                Stream.concat(Stream.of(own), Stream.of(embedding, layers, head))
                        .toList());
    }

    /** A call with these arguments alone. */
    KernelCall exactly(String name, String method, List<Argument> arguments) {
        return KernelCall.of(archive, name, architecture.kernel(ComputeDevice.CPU), method, arguments)
                .withElsewhere(architecture.kernel(OTHER))
                .compared(Comparison.BF16);
    }

    /** Embeddings in place of ids. */
    Floats inputs(int rows, int length) {
        return Floats.random(random, 0, 0.5, rows, length, config().hiddenSize());
    }

    /** Keys or values of one layer, small, as trained prefixes are. */
    Floats keys(int rows, int slots) {
        return Floats.random(random, 0, 0.3, rows, config().keyValueHeads(), slots, config().headSize());
    }
}
