package dev.cloze.runtime.tuning.lstm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.cloze.annotations.Lstm;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LstmOptions;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the options that a network has, none of which is the usual one here. */
class LstmOptionsTest {

    private final List<Double> losses = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void theSavedNetworkHasTheirSizesAndPooling() throws IOException {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> tuned = fit(options -> options.with(LstmOptions.HIDDEN_SIZE, 8)
                .with(LstmOptions.EMBEDDING_SIZE, 5)
                .with(LstmOptions.POOLING, Lstm.Pooling.LAST))) {
            tuned.save(saved);
        }
        try (Checkpoint tensors = Checkpoint.openFile(saved.resolve("tuned.safetensors"))) {
            assertThat(tensors.shape("lstm.weight_hh_l0")).containsExactly(32, 8);
            assertThat(tensors.shape("embedding.weight")[1]).isEqualTo(5);
        }
        assertThat(JsonParser.parseString(Files.readString(saved.resolve("manifest.json")))
                        .getAsJsonObject()
                        .getAsJsonObject("product")
                        .getAsJsonObject("settings")
                        .get("pooling")
                        .getAsString())
                .isEqualTo("LAST");
    }

    @Test
    void eachPoolingHasALossOfItsOwn() {
        for (Lstm.Pooling pooling : Lstm.Pooling.values()) {
            fit(options -> options.with(LstmOptions.POOLING, pooling)).close();
        }
        assertThat(losses).doesNotHaveDuplicates();
    }

    @Test
    void whatIsDroppedChangesTheLoss() {
        fit(options -> options.with(LstmOptions.DROPOUT, 0.0)).close();
        fit(options -> options.with(LstmOptions.DROPOUT, 0.5)).close();
        assertThat(losses).hasSize(2).doesNotHaveDuplicates();
    }

    /** A single step, whose loss is remembered. */
    private PromptPipeline<Review, Sentiment> fit(UnaryOperator<TrainingOptions> change) {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        return PromptTrainer.of(Reviews.TASK)
                .method(TuningMethod.LSTM)
                .quiet()
                .listener(listener)
                .options(options -> change.apply(options.withMaxSteps(1)))
                .fit(Reviews.examples());
    }
}
