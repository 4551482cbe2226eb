package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.OpenModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpetTest {

    private static final List<Review> UNLABELED = Patterns.unlabeled(80);
    private static final List<Review> INPUTS =
            Patterns.DEV.stream().map(Labeled::input).toList();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
    }

    /** Hears how many examples each training has. */
    private static final class Sizes implements TrainingListener {
        private final List<Integer> examples = new ArrayList<>();

        @Override
        public void onStart(TrainingStarted started) {
            examples.add(started.examples());
        }
    }

    @Test
    void eachGenerationLearnsFromMoreAndTheClassifierFromAllUnlabelledTexts() throws Exception {
        Sizes sizes = new Sizes();
        List<Prediction<Sentiment>> answers;
        try (PromptPipeline<Review, Sentiment> tuned = Patterns.trainer(TuningMethod.IPET)
                .options(options ->
                        options.withCheckpointFolder(folder.resolve("run")).with(PetOptions.GENERATIONS, 2))
                .listener(sizes)
                .fit(Patterns.TRAIN, Patterns.DEV, UNLABELED)) {
            answers = tuned.predict(INPUTS);
        }
        // 8 labelled; then 4 * 8 more, 16 of each label that anybody predicts; then the classifier.
        assertSizes(sizes, 8, List.of(24, 40), 80);
        try (Stream<Path> steps = Files.list(folder.resolve("run"))) {
            assertThat(steps.map(step -> step.getFileName().toString()))
                    .contains("generation-1-pattern-1-1", "generation-2-pattern-2-2", "soft-labels", "classifier");
        }
        assertThat(answers).hasSize(INPUTS.size());
    }

    /** 8 more, 4 of each label that anybody predicts; the usual growth would make 24 or 40. */
    @Test
    void theTrainingSetGrowsAsManyTimesAsIsWritten() {
        Sizes sizes = new Sizes();
        Patterns.trainer(TuningMethod.IPET)
                .options(options -> options.with(PetOptions.GENERATIONS, 2).with(PetOptions.GROWTH, 2.0))
                .listener(sizes)
                .fit(Patterns.TRAIN, Patterns.DEV, UNLABELED)
                .close();
        assertSizes(sizes, 8, List.of(12, 16), 80);
    }

    @Test
    void aGenerationTakesHalfOfTheTextsAtMost() {
        Sizes sizes = new Sizes();
        Patterns.trainer(TuningMethod.IPET)
                .options(options -> options.with(PetOptions.GENERATIONS, 2))
                .listener(sizes)
                .fit(Patterns.TRAIN, Patterns.DEV, UNLABELED.subList(0, 20))
                .close();
        assertSizes(sizes, 8, List.of(13, 18), 20);
    }

    @Test
    void withoutLabelledExamplesItStartsFromTheUntrainedModel() {
        Sizes sizes = new Sizes();
        try (PromptPipeline<Review, Sentiment> tuned = Patterns.trainer(TuningMethod.IPET)
                .options(options -> options.with(PetOptions.GENERATIONS, 2))
                .listener(sizes)
                .fit(List.of(), List.of(), UNLABELED)) {
            assertThat(tuned.predict(INPUTS)).hasSize(INPUTS.size());
        }
        // 10 for two labels, then 50, but half of 80 at most.
        assertSizes(sizes, 10, List.of(20, 40), 80);
    }

    private static void assertSizes(Sizes sizes, int first, List<Integer> second, int classifier) {
        assertThat(sizes.examples.subList(0, 4)).containsOnly(first);
        assertThat(sizes.examples.subList(4, 8)).isSubsetOf(second);
        assertThat(sizes.examples.subList(8, sizes.examples.size())).containsExactly(classifier);
    }

    @Test
    void fewerThanFourModelsAreRefused() {
        assertThatThrownBy(() -> Patterns.trainer(TuningMethod.IPET)
                        .options(options -> options.with(PetOptions.REPETITIONS, 1))
                        .fit(Patterns.TRAIN, Patterns.DEV, UNLABELED))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TUNING_TOO_FEW_MODELS))
                .hasMessageContaining("it needs 4 at least");
    }
}
