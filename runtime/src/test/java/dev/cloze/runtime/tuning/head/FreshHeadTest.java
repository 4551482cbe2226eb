package dev.cloze.runtime.tuning.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshHeadTest {

    private static final String MODEL = "cloze-tiny-en";

    @TempDir
    private Path folder;

    @Test
    void matricesAreDrawnBySeedAsTheArchitectureStartsThemAndBiasesAreZero() {
        try (LanguageModel model = LanguageModel.open(MODEL)) {
            ClassifierHead shape = model.backbone().classifier();
            try (Head head = FreshHead.of(model, shape, 4, 3);
                    Head equal = FreshHead.of(model, shape, 4, 3);
                    Head other = FreshHead.of(model, shape, 4, 5)) {
                int width = model.backbone().shape().hiddenSize();
                float[] pooler = numbers(head, "bert.pooler.dense.weight");
                assertThat(pooler).hasSize(width * width);
                assertThat(deviation(pooler)).isCloseTo(shape.deviation(), within(0.1 * shape.deviation()));
                assertThat(numbers(head, "classifier.weight")).hasSize(4 * width);
                assertThat(numbers(head, "bert.pooler.dense.bias")).containsOnly(0);
                assertThat(numbers(head, "classifier.bias")).containsOnly(0).hasSize(4);
                assertThat(numbers(equal, "classifier.weight")).isEqualTo(numbers(head, "classifier.weight"));
                assertThat(numbers(other, "classifier.weight")).isNotEqualTo(numbers(head, "classifier.weight"));
                assertThat(numbers(head, "classifier.weight")[0]).isNotEqualTo(pooler[0]);
                assertThat(head.weights().values()).allMatch(NDArray::hasGradient);
            }
        }
    }

    /** With a layer before the labels and without, with a bias and without. */
    @Test
    void afterTrainingAHeadGivesTheKernelsScores() {
        try (LanguageModel model = LanguageModel.open(MODEL);
                NDManager scope = model.backbone().memory().newSubManager()) {
            ClassifierHead published = model.backbone().classifier();
            int width = model.backbone().shape().hiddenSize();
            for (ClassifierHead shape : List.of(
                    published,
                    published.withoutDense(),
                    ClassifierHead.ofDecoder(0.5),
                    ClassifierHead.ofEncoder("dense", ClassifierHead.Activation.RELU, 0, "labels", 0.5))) {
                float[] state = new float[width];
                for (int i = 0; i < width; i++) {
                    state[i] = (float) Math.sin(i);
                }
                try (Head head = FreshHead.of(model, shape, 3, 7)) {
                    FixedHead fixed = FixedHead.of(head);
                    float[] expected = head.scores(scope, scope.create(new float[][] {state}))
                            .toFloatArray();
                    assertThat(fixed.scores(state)).containsExactly(expected, within(1e-5f));
                    assertThat(fixed.tensors().keySet())
                            .isEqualTo(head.tensors().keySet());
                    fixed.tensors().forEach((name, tensor) -> {
                        Tensor before = Objects.requireNonNull(head.tensors().get(name));
                        assertThat(tensor.data()).isEqualTo(before.data());
                    });
                }
            }
        }
    }

    @Test
    void aPoolerOfTheFolderIsRead() throws IOException {
        float[] numbers;
        try (LanguageModel model = LanguageModel.open(MODEL)) {
            int width = model.backbone().shape().hiddenSize();
            numbers = new float[width * width];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = i % 7;
            }
            try (var files = Files.list(model.folder().path())) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
            Map<String, Tensor> tensors = new LinkedHashMap<>(model.backbone().tensors());
            tensors.put("pooler.dense.weight", Tensor.of(numbers, width, width));
            tensors.put("pooler.dense.bias", Tensor.of(Arrays.copyOf(numbers, width), width));
            SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
        }
        try (LanguageModel model = LanguageModel.open(folder.toString());
                Head head = FreshHead.of(model, model.backbone().classifier(), 2, 1);
                Head mean = FreshHead.of(model, model.backbone().classifier().withoutDense(), 2, 1)) {
            assertThat(numbers(head, "bert.pooler.dense.weight")).isEqualTo(numbers);
            assertThat(numbers(head, "bert.pooler.dense.bias")[8]).isEqualTo(1);
            assertThat(mean.tensors()).containsOnlyKeys("classifier.weight", "classifier.bias");
        }
    }

    private static float[] numbers(Head head, String name) {
        Tensor tensor = Objects.requireNonNull(head.tensors().get(name), name);
        float[] values = new float[tensor.data().remaining()];
        tensor.data().duplicate().get(values);
        return values;
    }

    private static double deviation(float[] numbers) {
        double squares = 0;
        for (float number : numbers) {
            squares += number * number;
        }
        return Math.sqrt(squares / numbers.length);
    }
}
