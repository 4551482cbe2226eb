package dev.cloze.runtime.tuning.lstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.cloze.annotations.Lstm;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.StepEnded;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.training.TrainingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.lstm.LstmGolden.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LstmNetworkTest {

    private static final int[] ALL = {0, 1, 2, 3, 4, 5, 6, 7};

    private final LstmGolden golden;

    LstmNetworkTest() throws IOException {
        this.golden = LstmGolden.read();
    }

    @Test
    void scoresAreThoseOfTorchForEveryPooling() {
        assertThat(golden.networks().stream().map(Network::pooling)).containsExactly(Lstm.Pooling.values());
        for (Network expected : golden.networks()) {
            try (LstmNetwork network = expected.load()) {
                assertClose(network.scores(golden.rows()), expected.scores());
            }
        }
    }

    @Test
    void whatIsBehindARowChangesNothing() {
        for (Network expected : golden.networks()) {
            try (LstmNetwork network = expected.load()) {
                float[] alone = network.scores(List.of(golden.rows().get(1)))[0];
                int[] longest = new int[500];
                float[] beside = network.scores(List.of(longest, golden.rows().get(1)))[1];
                for (int i = 0; i < alone.length; i++) {
                    assertThat(beside[i]).isCloseTo(alone[i], within(1e-6f));
                }
            }
        }
    }

    @Test
    void gradientsAreThoseOfTorch() {
        for (Network expected : golden.networks()) {
            try (LstmTraining training = training(expected, 0, options())) {
                assertThat(training.accumulate(ALL, 1, 3)).isCloseTo(expected.loss(), within(1e-5));
                training.arrays().forEach((slot, array) -> {
                    String name = slot.parts().get(0);
                    try (NDArray gradient = array.getGradient()) {
                        assertClose(new float[][] {gradient.toFloatArray()}, new double[][] {
                            Objects.requireNonNull(expected.gradients().get(name))
                                    .data()
                        });
                    }
                });
            }
        }
    }

    @Test
    void tenStepsAreThoseOfTorch() {
        for (Network expected : golden.networks()) {
            try (LstmTraining training = training(expected, 0, options())) {
                List<StepEnded> steps = run(training, options());
                for (int i = 0; i < steps.size(); i++) {
                    assertThat(steps.get(i).loss()).isCloseTo(expected.losses()[i], within(1e-5));
                    assertThat(steps.get(i).gradientNorm()).isCloseTo(expected.norms()[i], within(1e-4));
                }
            }
        }
    }

    @Test
    void dropoutFollowsFromItsSeed() {
        Network network = golden.networks().get(0);
        try (LstmTraining training = training(network, 0.5, options())) {
            double loss = training.accumulate(ALL, 1, 3);
            assertThat(loss).isNotCloseTo(network.loss(), within(1e-3));
            assertThat(training.accumulate(ALL, 1, 3)).isEqualTo(loss);
            assertThat(training.accumulate(ALL, 1, 4)).isNotEqualTo(loss);
        }
    }

    @Test
    void aStepsPartsAddUpToItsWhole() {
        Network expected = golden.networks().get(0);
        TrainingOptions parts = options().withAccumulation(3);
        try (LstmTraining training = training(expected, 0, parts)) {
            List<StepEnded> steps = run(training, parts);
            for (int i = 0; i < steps.size(); i++) {
                assertThat(steps.get(i).loss()).isCloseTo(expected.losses()[i], within(1e-5));
            }
        }
    }

    @Test
    void stepsLeaveNoNativeArrayBehind() {
        try (LstmTraining training = training(golden.networks().get(0), 0.5, options())) {
            training.accumulate(ALL, 1, 0);
            training.gradientNorm();
            training.update(1e-3, 1);
            int arrays = training.managedArrays();
            for (int i = 1; i < 50; i++) {
                training.accumulate(ALL, 1, i);
                training.gradientNorm();
                training.update(1e-3, 1);
            }
            assertThat(training.managedArrays()).isEqualTo(arrays);
        }
    }

    private TrainingOptions options() {
        return TrainingOptions.defaults()
                .withMaxSteps(10)
                .withLearningRate(golden.learning_rate())
                .withWeightDecay(golden.weight_decay())
                .withEvaluateEvery(0);
    }

    private LstmTraining training(Network network, double dropout, TrainingOptions options) {
        return new LstmTraining(network.load(), golden.rows(), golden.labels(), dropout, options, trained -> 0);
    }

    private static List<StepEnded> run(LstmTraining training, TrainingOptions options) {
        List<StepEnded> steps = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                steps.add(step);
            }
        };
        new TrainingLoop(options, new TrainingTask(8, 0, Map.of()), List.of(listener)).run(training);
        assertThat(steps).hasSize(10);
        return steps;
    }

    private static void assertClose(float[][] found, double[][] expected) {
        assertThat(found.length).isEqualTo(expected.length);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).hasSameSizeAs(expected[i]);
            for (int j = 0; j < found[i].length; j++) {
                assertThat((double) found[i][j]).isCloseTo(expected[i][j], within(1e-5));
            }
        }
    }
}
