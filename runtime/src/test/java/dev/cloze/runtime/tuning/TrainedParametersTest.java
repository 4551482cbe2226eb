package dev.cloze.runtime.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.PTuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How many numbers a method says it trains, counted by hand on the quick model: two layers of width 128. */
class TrainedParametersTest {

    private static final int WIDTH = 128;
    private static final int LAYERS = 2;
    private static final int LENGTH = 5;

    @Test
    void virtualTokensAreOneVectorEach() {
        assertThat(trained(soft(TuningMethod.PROMPT_TUNING))).isEqualTo(LENGTH * WIDTH);
        assertThat(trained(
                        soft(TuningMethod.P_TUNING).with("freezeBackbone", true).with("encoder", PTuning.Encoder.NONE)))
                .isEqualTo(LENGTH * WIDTH);
    }

    @Test
    void prefixesAreAKeyAndAValueInEveryLayer() {
        assertThat(trained(soft(TuningMethod.PREFIX_TUNING).with("reparametrized", false)))
                .isEqualTo(2 * LAYERS * LENGTH * WIDTH);
    }

    /** An embedding of the model's width, a linear layer to the middle, another to all keys and values. */
    @Test
    void theNetworkOfPrefixesCounts() {
        int middle = 16;
        int keysAndValues = 2 * LAYERS * WIDTH;
        assertThat(trained(soft(TuningMethod.PREFIX_TUNING).with("middleSize", middle)))
                .isEqualTo(LENGTH * WIDTH + (WIDTH + 1) * middle + (middle + 1) * keysAndValues);
    }

    @Test
    void tuningThePromptAndTheModelIsBoth() {
        TaskTuning joint = soft(TuningMethod.P_TUNING).with("encoder", PTuning.Encoder.NONE);
        TaskTuning all = TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en");
        assertThat(trained(joint)).isEqualTo(trained(all) + LENGTH * WIDTH);
    }

    private static TaskTuning soft(TuningMethod method) {
        return TaskTuning.of(method, "cloze-tiny-en").with("promptLength", LENGTH);
    }

    private static long trained(TaskTuning tuning) {
        AtomicLong trained = new AtomicLong();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStart(TrainingStarted started) {
                trained.set(started.trainedParameters());
            }
        };
        PromptTrainer.of(Reviews.builder().tuning(tuning).build())
                .options(options -> options.withMaxSteps(1))
                .quiet()
                .listener(listener)
                .fit(Reviews.examples())
                .close();
        return trained.get();
    }
}
