package dev.cloze.runtime.tuning.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.InContextOptions;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.SavedSettings;
import dev.cloze.runtime.SentenceGoldens;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors choose a saved pipeline's demonstrations as they did when it was made, whatever the encoder's folder says by now. */
class SavedVectorsTest {

    private static final String STATES = "similarity.states";
    private static final String ENDS = "similarity.ends";

    private static final List<Labeled<Review, Sentiment>> EXAMPLES =
            Reviews.examples().subList(0, 8);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = TuningMethod.class,
            names = {"IN_CONTEXT", "LM_BFF"})
    void aPipelineIsShownWhatItWasMadeWith(TuningMethod method) throws IOException {
        Path encoder = TinyModels.withoutDropout("cloze-tiny-en", folder.resolve("encoder"));
        ClassificationTask<Review, Sentiment> task = task(method, encoder);
        Path mean = folder.resolve("mean");
        List<Double> byMean = saved(task, mean);
        SentenceGoldens.modules(encoder, "cls", false);
        Path first = folder.resolve("first");
        List<Double> byFirst = saved(task, first);

        assertThat(SavedSettings.of(mean).keySet()).contains("similarity").doesNotContain(STATES, ENDS);
        assertThat(SavedSettings.of(first).get(STATES).getAsString()).isEqualTo("PLACES");
        assertThat(answers(task, mean))
                .as("where the folder names the first token's state by now")
                .isEqualTo(byMean);
        Files.delete(encoder.resolve("modules.json"));
        assertThat(answers(task, first))
                .as("where the folder names it no longer")
                .isEqualTo(byFirst);
        SavedSettings.change(first, settings -> settings.remove(STATES));
        assertThat(answers(task, first)).as("by means").isNotEqualTo(byFirst);
    }

    /** As earlier versions saved it, and as it is saved again then. */
    @Test
    void aDecodersTextsOfBeforeDoNotEnd() throws IOException {
        Path encoder = TinyModels.decoder(folder.resolve("encoder"), 64, List.of());
        ClassificationTask<Review, Sentiment> task = task(TuningMethod.IN_CONTEXT, encoder);
        Path archive = folder.resolve("archive");
        saved(task, archive);
        assertThat(SavedSettings.of(archive).get(ENDS).getAsString()).isEqualTo("true");
        SavedSettings.change(archive, settings -> settings.remove(ENDS));
        Path again = folder.resolve("again");
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, archive)) {
            loaded.save(again);
        }
        assertThat(SavedSettings.of(again)).isEqualTo(SavedSettings.of(archive));
    }

    private static ClassificationTask<Review, Sentiment> task(TuningMethod method, Path encoder) {
        return Reviews.builder()
                .tuning(TaskTuning.of(method, "cloze-tiny-en").with("similarity", encoder.toString()))
                .build();
    }

    private static List<Double> saved(ClassificationTask<Review, Sentiment> task, Path archive) {
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                .quiet()
                .options(options -> quick(task.tuning().method(), options))
                .fit(EXAMPLES)) {
            tuned.save(archive);
            return answers(tuned);
        }
    }

    private static TrainingOptions quick(TuningMethod method, TrainingOptions options) {
        return method == TuningMethod.IN_CONTEXT
                ? options.with(InContextOptions.DEMONSTRATIONS, 1)
                : options.withMaxSteps(2)
                        .withBatchSize(4)
                        .with(LmBffOptions.SETS, 1)
                        .with(LmBffOptions.DEV_SETS, 1);
    }

    private static List<Double> answers(ClassificationTask<Review, Sentiment> task, Path archive) {
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, archive)) {
            return answers(loaded);
        }
    }

    /** Of texts that are no examples. */
    private static List<Double> answers(PromptPipeline<Review, Sentiment> pipeline) {
        return Reviews.examples().subList(8, 16).stream()
                .map(example -> pipeline.predict(example.input()).probability())
                .toList();
    }
}
