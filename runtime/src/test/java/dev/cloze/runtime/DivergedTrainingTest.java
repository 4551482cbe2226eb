package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TrainingListener.EvaluationEnded;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real model whose numbers overflow in the course of training. */
class DivergedTrainingTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    /** Nobody could load a prompt that was to teach: nothing of it is kept, and nothing said to be. */
    @Test
    void aTeacherThatDivergesIsNamedAndNotSaidToBeSaved(@TempDir Path folder) throws IOException {
        Path poisoned = PoisonedModel.in(folder.resolve("poisoned"));
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_TUNING, poisoned.toString()))
                .build();
        ClozeException diverged = catchThrowableOfType(ClozeException.class, () -> MultitaskTrainer.create()
                .quiet()
                .task("reviews", PromptTrainer.of(task), withTheWord(), EXAMPLES)
                .options(options -> options.withCheckpointFolder(folder.resolve("checkpoints")))
                .teachers(options -> options.withSeed(1).withMaxSteps(40).withEvaluateEvery(1))
                .fit());
        assertThat(diverged.problem()).isEqualTo(Problem.TRAINING_DIVERGED);
        assertThat(diverged)
                .hasMessageContaining("\"reviews\"")
                .hasMessageContaining("The model has the best weights so far")
                .hasMessageNotContaining("saved in");
        assertThat(folder.resolve("checkpoints/teacher-0-diverged")).doesNotExist();
    }

    private static List<Labeled<Review, Sentiment>> withTheWord() {
        List<Labeled<Review, Sentiment>> train = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            train.addAll(EXAMPLES);
        }
        train.add(PoisonedModel.EXAMPLE);
        return train;
    }

    @Test
    void aLossThatIsNoNumberStopsTheTrainingAndTheBestWeightsAreSaved(@TempDir Path folder) throws IOException {
        Path poisoned = PoisonedModel.in(folder.resolve("poisoned"));
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, poisoned.toString()))
                .build();
        List<EvaluationEnded> best = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onEvaluation(EvaluationEnded evaluation) {
                if (evaluation.best()) {
                    best.add(evaluation);
                }
            }
        };
        // With this seed the word comes in the last step of the first epoch, when there is something to lose.
        ClozeException diverged = catchThrowableOfType(ClozeException.class, () -> PromptTrainer.of(task)
                .quiet()
                .listener(listener)
                .options(options -> options.withSeed(1)
                        .withLearningRate(1e-3)
                        .withMaxSteps(40)
                        .withEvaluateEvery(1)
                        .withCheckpointFolder(folder.resolve("checkpoints")))
                .fit(withTheWord(), EXAMPLES));
        assertThat(diverged.problem()).isEqualTo(Problem.TRAINING_DIVERGED);
        Path saved = folder.resolve("checkpoints-diverged");
        assertThat(diverged).hasMessageContaining(saved.toString());
        try (PromptPipeline<Review, Sentiment> rescued = PromptPipeline.load(task, saved)) {
            double score = best.get(best.size() - 1).score();
            assertThat(score).isGreaterThan(0.5);
            assertThat(rescued.evaluate(EXAMPLES).accuracy()).isEqualTo(score);
        }
    }
}
