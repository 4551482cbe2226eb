package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that is asked to end in the middle of a training of the real model. */
class EndedJvmTest {

    private static final int SIGTERM = 143;

    @ParameterizedTest
    @ValueSource(longs = {50, 333, 777})
    void itEndsWithoutACrash(long millis) throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.start(EndlessTraining.class, List.of());
        while (child.process().isAlive()
                && !Files.readString(child.outputFile()).contains("first step")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        child.process().destroy();
        assertThat(child.output()).contains("first step").doesNotContain("fatal error");
        assertThat(child.await()).isEqualTo(SIGTERM);
    }

    /** Trains until somebody ends it. */
    static final class EndlessTraining {

        public static void main(String[] arguments) {
            TrainingListener listener = new TrainingListener() {
                @Override
                public void onStep(StepEnded step) {
                    if (step.step() == 1) {
                        System.out.println("first step");
                    }
                }
            };
            PromptTrainer.of(Reviews.TASK)
                    .quiet()
                    .listener(listener)
                    .options(options -> options.withMaxSteps(1_000_000).withBatchSize(16))
                    .fit(Reviews.examples())
                    .close();
        }
    }
}
