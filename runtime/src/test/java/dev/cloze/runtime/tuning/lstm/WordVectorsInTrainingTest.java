package dev.cloze.runtime.tuning.lstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LstmOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of word vectors, from the option to the archive. */
class WordVectorsInTrainingTest {

    @TempDir
    Path folder;

    private Path vectors = Path.of("");

    @BeforeEach
    void write() throws IOException {
        vectors = Files.writeString(folder.resolve("vectors.txt"), "superb 3 -3\nfilm 0.5 0.25\nawful -3 3\n");
    }

    private PromptTrainer<Review, Sentiment> trainer() {
        return PromptTrainer.of(Reviews.TASK).method(TuningMethod.LSTM).quiet().options(options -> options.withMaxSteps(
                        1)
                .withEvaluateEvery(0)
                .withLearningRate(1e-9)
                .with(LstmOptions.EMBEDDINGS, vectors.toString()));
    }

    @Test
    void theFilesWordsAreKnownThoughNoExampleHasThem() throws IOException {
        Path saved = folder.resolve("saved");
        double superb;
        try (PromptPipeline<Review, Sentiment> tuned = trainer().fit(Reviews.examples())) {
            superb = positive(tuned, "superb");
            assertThat(positive(tuned, "superb")).isNotEqualTo(positive(tuned, "awful"));
            assertThat(positive(tuned, "unheard")).isEqualTo(positive(tuned, "unseen"));
            tuned.save(saved);
        }
        Files.delete(vectors);
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, saved)) {
            assertThat(positive(loaded, "superb")).isEqualTo(superb);
        }
        try (Checkpoint tensors = Checkpoint.openFile(saved.resolve("tuned.safetensors"))) {
            FloatBuffer rows = tensors.floats("embedding.weight");
            float[] first = new float[10];
            rows.get(first);
            for (int i = 4; i < 10; i++) { // behind the rows of unknown words and of the boundary
                float expected = new float[] {3, -3, 0.5f, 0.25f, -3, 3}[i - 4];
                assertThat(Math.abs(first[i] - expected)).isLessThan(1e-5f);
            }
            assertThat(first[0]).isEqualTo(0);
        }
    }

    @Test
    void ofTheFileOnlyAsManyWordsAreReadAsAreWanted() {
        try (PromptPipeline<Review, Sentiment> tuned = trainer()
                .options(options -> options.with(LstmOptions.EMBEDDING_WORDS, 1))
                .fit(Reviews.examples())) {
            assertThat(positive(tuned, "superb")).isNotEqualTo(positive(tuned, "unheard"));
            assertThat(positive(tuned, "awful")).isEqualTo(positive(tuned, "unheard"));
        }
    }

    private static double positive(PromptPipeline<Review, Sentiment> pipeline, String text) {
        return Objects.requireNonNull(
                pipeline.predict(new Review(text)).probabilities().get(Sentiment.POSITIVE));
    }

    @Test
    void aWidthThatTheFileHasNotIsRefused() {
        PromptTrainer<Review, Sentiment> trainer = trainer().options(WordVectorsInTrainingTest::wide);
        assertThatThrownBy(() -> trainer.fit(Reviews.examples()))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TUNING_OPTION_OUT_OF_RANGE))
                .hasMessageContaining("embeddingSize is 100, but the vectors of " + vectors + " have 2 numbers");
    }

    private static TrainingOptions wide(TrainingOptions options) {
        return options.with(LstmOptions.EMBEDDING_SIZE, 100);
    }
}
