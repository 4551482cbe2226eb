package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.progress.ProgressStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("cloze.progress")
class ProgressDisplayTest {

    private static final TrainingOptions OPTIONS =
            TrainingOptions.defaults().withLearningRate(0.3).withMaxSteps(40).withEvaluateEvery(10);

    /** Run in a process of its own: says what standard error is taken for. */
    static final class Probe {
        public static void main(String[] args) {
            System.out.println("terminal=" + (ProgressStyle.here() == ProgressStyle.BAR));
        }
    }

    @Test
    void theBarShowsLossAndBestScore() {
        ByteArrayOutputStream drawn = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(drawn, true, StandardCharsets.UTF_8)) {
            train(new ProgressBarListener(out));
        }
        assertThat(drawn.toString(StandardCharsets.UTF_8))
                .contains("Training")
                .contains("100%")
                .contains("40/40")
                .containsPattern("completed, best 0\\.\\d{4}");
    }

    @Test
    void aPipeIsNoTerminal() throws Exception {
        ChildJvm child = ChildJvm.start(Probe.class, List.of());
        assertThat(child.output()).contains("terminal=false");
    }

    @Test
    void aPseudoTerminalIsATerminal() throws Exception {
        ChildJvm.assumeTerminals();
        assertThat(ChildJvm.startOnTerminal(Probe.class, List.of(), "").output())
                .contains("terminal=true");
        ChildJvm redirected = ChildJvm.startOnTerminal(Probe.class, List.of(), "2>/dev/null");
        assertThat(redirected.output()).contains("terminal=false");
    }

    @Test
    void thePropertyOverridesTheChoice() {
        try {
            System.setProperty("cloze.progress", "bar");
            assertThat(ProgressDisplay.listener()).isInstanceOf(ProgressBarListener.class);
            System.setProperty("cloze.progress", "log");
            assertThat(ProgressDisplay.listener()).isInstanceOf(LogListener.class);
        } finally {
            System.clearProperty("cloze.progress");
        }
    }

    /** The test run's SLF4J provider writes to standard error. */
    @Test
    void theLogTellsStartStepsEvaluationsAndEnd() throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.start(LoggedTraining.class, List.of());
        assertThat(child.output())
                .contains(
                        "Training 7 parameters: 40 examples (25.0% cut), steps 1 to 40, batches of 8, learning rate 0.3.")
                .contains("Step 4 of 40: loss 0.")
                .contains("Step 10: score 0.")
                .contains("the best so far.")
                .contains("Training completed after 40 steps; best score 0.");
    }

    static final class LoggedTraining {
        public static void main(String[] args) {
            train(new LogListener());
        }
    }

    @Test
    void aTrainerIsHeardInTheLogWhereThereIsNoTerminalUnlessItIsQuiet() throws IOException, InterruptedException {
        assertThat(ChildJvm.start(ShownTraining.class, List.of()).output())
                .containsOnlyOnce(" parameters: 16 examples (0.0% cut), steps 1 to 10, batches of 8, learning rate ")
                .contains("Step 1 of 10: loss ", "Step 10 of 10: loss ", "Step 5: score ")
                .containsOnlyOnce("Training completed after 10 steps; best score ");
    }

    @Test
    void aTrainerDrawsABarOnATerminal() throws IOException, InterruptedException {
        ChildJvm.assumeTerminals();
        assertThat(ChildJvm.startOnTerminal(ShownTraining.class, List.of(), "").output())
                .contains("10/10")
                .doesNotContain(" parameters: ");
    }

    /** A user's training, and a quiet one. */
    static final class ShownTraining {
        public static void main(String[] args) {
            PromptTrainer<Review, Sentiment> trainer = PromptTrainer.of(Reviews.TASK)
                    .options(options -> options.withMaxSteps(10).withEvaluateEvery(5));
            trainer.fit(Reviews.examples(), Reviews.examples()).close();
            trainer.quiet().fit(Reviews.examples(), Reviews.examples()).close();
        }
    }

    private static void train(dev.cloze.runtime.TrainingListener listener) {
        TrainingTask task = new TrainingTask(40, 0.25, Map.of());
        new TrainingLoop(OPTIONS, task, List.of(listener)).run(new LogisticModel(OPTIONS, 40, 0));
    }
}
