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
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.WeightDigest;
import dev.cloze.runtime.checkpoint.resolution.JavaProcess;
import dev.cloze.runtime.engine.FreedMemory;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prompts on a published model: they learn, and the model is one, byte for byte as it was. */
class SharedModelTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    /** A heap that is all there from the start, so that what comes to the process later lies beside it. */
    private static final List<String> WHOLE_HEAP =
            List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @Test
    void tenPromptsAndOtherMethodsOnSmolLm2TakeOneCopyOfItAndLeaveItAsItIs() throws IOException, InterruptedException {
        String folder = RealModels.folder("SmolLM2-135M-Instruct").toString();
        JavaProcess.outputOf(JavaProcess.start(WHOLE_HEAP, TwelveTrainings.class, folder));
    }

    /** Prompts, virtual tokens among words, and keys and values behind a head; ten prompts of which one is trained to its end. */
    static final class TwelveTrainings {
        public static void main(String[] arguments) throws IOException {
            List<PromptPipeline<Review, Sentiment>> open = new ArrayList<>();
            try (LanguageModel shared = LanguageModel.open(arguments[0])) {
                tune(arguments[0], shared, open);
            } finally {
                open.forEach(PromptPipeline::close);
            }
        }
    }

    private static void tune(String folder, LanguageModel shared, List<PromptPipeline<Review, Sentiment>> open)
            throws IOException {
        String before = WeightDigest.of(shared.backbone());
        long weights = shared.backbone().weights().values().stream()
                .mapToLong(array -> 4 * array.size())
                .sum();
        open.add(tuned(folder, TuningMethod.PROMPT_TUNING, 20, 3, List.of()));
        long resident = resident(); // what a step takes has been taken
        for (int seed = 4; seed < 13; seed++) {
            open.add(tuned(folder, TuningMethod.PROMPT_TUNING, 1, seed, List.of()));
        }
        for (TuningMethod method : List.of(TuningMethod.P_TUNING, TuningMethod.P_TUNING_V2)) {
            List<Double> losses = new ArrayList<>();
            open.add(tuned(folder, method, 10, 3, List.of(listening(losses))));
            assertThat(losses.get(8) + losses.get(9)).as("%s", method).isLessThan(losses.get(0) + losses.get(1));
        }
        long more = resident() - resident;
        System.out.printf("%,d bytes more%n", more);
        assertThat(more)
                .as("bytes of eleven trainings more beside %,d of weights", weights)
                .isLessThan(weights / 4);
        assertThat(open.get(0).evaluate(EXAMPLES).accuracy()).isGreaterThan(0.8);
        assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
    }

    private static TrainingListener listening(List<Double> losses) {
        return new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
    }

    /** Resident memory of this process without what the C library holds for later, in bytes; 0 where the system doesn't tell. */
    private static long resident() throws IOException {
        FreedMemory.giveBack();
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static PromptPipeline<Review, Sentiment> tuned(
            String folder, TuningMethod method, int steps, long seed, List<TrainingListener> listeners) {
        ClassificationTask<Review, Sentiment> task = Reviews.asked("{text} It was {mask}")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_TUNING, folder))
                .build();
        PromptTrainer<Review, Sentiment> trainer = PromptTrainer.of(task)
                .method(method)
                .quiet()
                .options(options -> {
                    TrainingOptions few = options.withMaxSteps(steps)
                            .withSeed(seed)
                            .with(TuningOptions.PROMPT_LENGTH, 10)
                            .withEvaluateEvery(0);
                    return method == TuningMethod.P_TUNING ? few.with(TuningOptions.FREEZE_BACKBONE, true) : few;
                });
        listeners.forEach(trainer::listener);
        return trainer.fit(EXAMPLES);
    }
}
