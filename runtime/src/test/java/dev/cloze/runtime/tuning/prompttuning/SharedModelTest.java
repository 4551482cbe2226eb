package dev.cloze.runtime.tuning.prompttuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prompts on a published model: they learn, and the model is one, byte for byte as it was. */
class SharedModelTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    @Test
    void twoPromptsOnSmolLm2TakeOneCopyOfItAndLeaveItAsItIs() throws IOException {
        String folder = RealModels.folder("SmolLM2-135M-Instruct").toString();
        try (LanguageModel shared = LanguageModel.open(folder)) {
            int before = TinyBackbones.hash(shared.backbone());
            long weights = shared.backbone().weights().values().stream()
                    .mapToLong(array -> 4 * array.size())
                    .sum();
            long resident = resident();
            try (PromptPipeline<Review, Sentiment> one = tuned(folder, 3);
                    PromptPipeline<Review, Sentiment> two = tuned(folder, 4)) {
                long more = resident() - resident;
                assertThat(more)
                        .as("bytes of two trainings beside %,d of weights", weights)
                        .isLessThan(weights);
                assertThat(one.evaluate(EXAMPLES).accuracy()).isGreaterThan(0.8);
                assertThat(two.evaluate(EXAMPLES).accuracy()).isGreaterThan(0.8);
            }
            assertThat(TinyBackbones.hash(shared.backbone())).isEqualTo(before);
        }
    }

    /** Resident memory of this process in bytes; 0 where the system doesn't tell. */
    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static PromptPipeline<Review, Sentiment> tuned(String folder, long seed) {
        ClassificationTask<Review, Sentiment> task = Reviews.asked("{text} It was {mask}")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_TUNING, folder))
                .build();
        return PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(20)
                        .withSeed(seed)
                        .with(TuningOptions.PROMPT_LENGTH, 10)
                        .withEvaluateEvery(0))
                .fit(EXAMPLES);
    }
}
