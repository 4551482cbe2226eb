package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.ModelResolver;
import dev.cloze.runtime.checkpoint.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real model whose numbers overflow in the course of training. */
class DivergedTrainingTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    /** The row of a word that only the last example has, so large that its square overflows in the layer norm. */
    private static final float OVERFLOWING = 1e30f;

    @Test
    void aLossThatIsNoNumberStopsTheTrainingAndTheBestWeightsAreSaved(@TempDir Path folder) throws IOException {
        Path poisoned = poisonedModel(folder.resolve("poisoned"));
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, poisoned.toString()))
                .build();
        List<Labeled<Review, Sentiment>> train = new java.util.ArrayList<>(EXAMPLES);
        train.add(new Labeled<>(new Review("film 7"), Sentiment.NEGATIVE));
        ClozeException diverged = catchThrowableOfType(ClozeException.class, () -> PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withBatchSize(1)
                        .withMaxSteps(40)
                        .withEvaluateEvery(1)
                        .withCheckpointFolder(folder.resolve("checkpoints")))
                .fit(train, EXAMPLES));
        assertThat(diverged.problem()).isEqualTo(Problem.TRAINING_DIVERGED);
        Path saved = folder.resolve("checkpoints-diverged");
        assertThat(diverged).hasMessageContaining(saved.toString());
        try (PromptPipeline<Review, Sentiment> rescued = PromptPipeline.load(task, saved)) {
            assertThat(rescued.evaluate(EXAMPLES).accuracy()).isGreaterThanOrEqualTo(0.5);
        }
    }

    /** The default model with an embedding of "7" that overflows. */
    private static Path poisonedModel(Path folder) throws IOException {
        Path source = ModelResolver.standard().resolve("cloze-tiny-en").path();
        Files.createDirectories(folder);
        for (String name : List.of("config.json", "tokenizer.json")) {
            Files.copy(source.resolve(name), folder.resolve(name));
        }
        int seven;
        try (var tokenizer = dev.cloze.runtime.tokenizer.Tokenizer.open(source)) {
            seven = tokenizer.encode("7", true)[0];
        }
        try (Checkpoint checkpoint = Checkpoint.open(source)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (String name : checkpoint.names()) {
                FloatBuffer values = checkpoint.floats(name);
                float[] copy = new float[values.remaining()];
                values.get(copy);
                if (name.endsWith("word_embeddings.weight")) {
                    java.util.Arrays.fill(copy, seven * 128, seven * 128 + 64, OVERFLOWING);
                }
                tensors.put(name, Tensor.of(copy, checkpoint.shape(name)));
            }
            SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
        }
        return folder;
    }
}
