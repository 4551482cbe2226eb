package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of verbalizer behind a prompt in published models: labels are learnt, and an archive gives the same answers. */
class VerbalizersRealModelsTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void atTheMaskOfTheDefaultModel(VerbalizerKind kind) {
        learns(RealModels.defaultModel(), Reviews.builder(), kind, 30);
    }

    @ParameterizedTest
    @EnumSource
    void atTheNextWordOfSmolLm2(VerbalizerKind kind) {
        learns(RealModels.folder("SmolLM2-135M-Instruct").toString(), Reviews.asked("{text} It was {mask}"), kind, 12);
    }

    private void learns(
            String model, ClassificationTask.Builder<Review, Sentiment> asked, VerbalizerKind kind, int steps) {
        ClassificationTask<Review, Sentiment> task =
                asked.tuning(TaskTuning.of(TuningMethod.PROMPT_TUNING, model)).build();
        List<Review> inputs = EXAMPLES.stream().map(Labeled::input).toList();
        List<Double> losses = new ArrayList<>();
        List<Prediction<Sentiment>> answers;
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                .quiet()
                .listener(KindContract.recording(losses))
                .options(options -> options.with(VerbalizerOptions.KIND, kind)
                        .with(TuningOptions.PROMPT_LENGTH, 5)
                        .withMaxSteps(steps)
                        .withEvaluateEvery(0)
                        .withLearningRate(5e-2))
                .fit(EXAMPLES)) {
            answers = tuned.predict(inputs);
            assertThat(tuned.evaluate(EXAMPLES).accuracy()).isGreaterThan(0.8);
            tuned.save(folder.resolve("saved"));
        }
        assertThat(mean(losses.subList(steps - 4, steps))).isLessThan(mean(losses.subList(0, 4)));
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, folder.resolve("saved"))) {
            assertThat(loaded.predict(inputs)).isEqualTo(answers);
        }
    }

    private static double mean(List<Double> losses) {
        return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
