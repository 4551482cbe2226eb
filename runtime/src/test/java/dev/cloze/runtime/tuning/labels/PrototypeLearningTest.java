package dev.cloze.runtime.tuning.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.OpenRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** ProtoVerb's losses and steps against {@code verbalizer_goldens.py}, which holds the code's against OpenPrompt's own loops. */
class PrototypeLearningTest {

    private static final Path GOLDENS = Path.of("src/test/resources/verbalizers/prototypes.json");
    private static final Gson GSON = new Gson();

    @ParameterizedTest
    @CsvSource({"PAPER, paper", "REFERENCE, code"})
    void twentyStepsAreThoseOfTorch(Compat compat, String name) throws IOException {
        JsonObject all = JsonParser.parseString(Files.readString(GOLDENS)).getAsJsonObject();
        JsonObject golden = all.getAsJsonObject(name);
        float[][] states = GSON.fromJson(golden.get("states"), float[][].class);
        int[] labels = GSON.fromJson(golden.get("labels"), int[].class);
        Prototypes start = new Prototypes(
                GSON.fromJson(golden.get("projection"), float[][].class),
                GSON.fromJson(golden.get("prototypes"), float[][].class));
        double[] losses = GSON.fromJson(golden.get("losses"), double[].class);
        float[][] cosines = GSON.fromJson(golden.get("cosines"), float[][].class);
        PrototypeLearning learning =
                new PrototypeLearning(6, losses.length, all.get("rate").getAsDouble(), compat, 1);
        List<Double> heard = new ArrayList<>();
        Prototypes learnt = learning.learn(states, labels, start, ComputeDevice.CPU, heard::add);
        for (int i = 0; i < losses.length; i++) {
            assertThat(heard.get(i)).isCloseTo(losses[i], within(1e-5));
        }
        for (int i = 0; i < states.length; i++) {
            assertThat(learnt.cosines(states[i])).containsExactly(cosines[i], within(1e-4f));
        }
    }

    /** Also where there are more examples than a step has. */
    @ParameterizedTest
    @EnumSource(Compat.class)
    void statesOfTwoDirectionsAreToldApart(Compat compat) {
        int roots = OpenRoots.count();
        int count = 2 * PrototypeLearning.MOST + 6;
        Random random = new Random(5);
        float[][] states = new float[count][8];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            for (int d = 0; d < 8; d++) {
                states[i][d] = (float) (random.nextGaussian() * 0.3 + (d % 2 == labels[i] ? 1 : 0));
            }
        }
        PrototypeLearning learning = new PrototypeLearning(4, 60, 0.02, compat, 3);
        Prototypes learnt = learning.learn(states, labels, 2, ComputeDevice.CPU);
        int right = 0;
        for (int i = 0; i < count; i++) {
            float[] cosines = learnt.cosines(states[i]);
            right += cosines[labels[i]] > cosines[1 - labels[i]] ? 1 : 0;
        }
        assertThat(right).isGreaterThan(count * 95 / 100);
        assertThat(learning.learn(states, labels, 2, ComputeDevice.CPU).prototypes())
                .isDeepEqualTo(learnt.prototypes());
        assertThat(OpenRoots.count()).isEqualTo(roots);
    }
}
