package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.spi.TaskTuning;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts without a label are on disk and no more: what is in use while models learn doesn't grow with them. */
class UnlabeledMemoryTest {

    private static final int TEXTS = 4000;
    private static final int CHARACTERS = 2000;

    /** The most that is in use at any step, and while texts are taken. */
    private static final class Used implements TrainingListener {
        private long most;
        private int steps;
        private int taken;

        @Override
        public void onStep(StepEnded step) {
            steps++;
            look();
        }

        void onText() {
            taken++;
            if (taken % 500 == 0) {
                look();
            }
        }

        private void look() {
            System.gc();
            most = Math.max(
                    most,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
    }

    @Test
    void theHeapOfARunDoesNotGrowWithItsTexts() {
        used(20); // classes are loaded and compiled kernels kept once
        long few = used(20);
        long many = used(TEXTS);
        assertThat(many - few)
                .as("of %d bytes of text", (long) TEXTS * CHARACTERS)
                .isLessThan(TEXTS * CHARACTERS / 4L);
    }

    private static long used(int texts) {
        Used used = new Used();
        var task = Reviews.builder()
                .template("Just {mask}! {text}")
                .tuning(TaskTuning.of(TuningMethod.PET, "cloze-tiny-en").with("maxLength", 16))
                .build();
        PromptTrainer.of(task)
                .quiet()
                .options(Patterns.brief())
                .options(options ->
                        options.withMaxSteps(1).with(PetOptions.REPETITIONS, 1).with(PetOptions.DISTILLATION_STEPS, 2))
                .listener(used)
                .fit(Patterns.TRAIN, Patterns.DEV, () -> texts(texts).peek(text -> used.onText()))
                .close();
        assertThat(used.steps).isEqualTo(4);
        assertThat(used.taken).isEqualTo(texts);
        return used.most;
    }

    private static Stream<Review> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            StringBuilder text = new StringBuilder("number " + i);
            Random random = new Random(i);
            while (text.length() < CHARACTERS) {
                text.append(random.nextBoolean() ? " lovely" : " dreadful");
            }
            return new Review(text.toString());
        });
    }
}
