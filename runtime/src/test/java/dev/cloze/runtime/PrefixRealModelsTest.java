package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.FineTuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PrefixOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prefixes, and virtual tokens, in published models: they learn, the model stays as it is, and what is saved is small. */
class PrefixRealModelsTest {

    @TempDir
    Path folder;

    @Test
    void smolLm2LearnsAWayOfWritingByAPrefixThatStartsFromAText() throws Exception {
        Path smolLm2 = RealModels.folder("SmolLM2-135M-Instruct");
        List<TextPair<Place>> pairs = Places.pairs().subList(0, 8);
        List<Double> losses = new ArrayList<>();
        try (LanguageModel shared = LanguageModel.open(smolLm2.toString())) {
            String before = WeightDigest.of(shared.backbone());
            try (TextPipeline<Place> tuned = TextTrainer.of(Places.task(smolLm2))
                    .method(TuningMethod.PREFIX_TUNING)
                    .quiet()
                    .listener(KindContract.recording(losses))
                    .options(options -> options.withMaxSteps(8)
                            .withBatchSize(4)
                            .withLearningRate(5e-3)
                            .with(PrefixOptions.REPARAMETRIZED, false)
                            .with(PrefixOptions.INITIAL_TEXT, "Describe the place in a sentence:"))
                    .fit(pairs)) {
                Path saved = folder.resolve("saved");
                tuned.save(saved);
                assertThat(Files.size(saved.resolve("tuned.safetensors"))).isLessThan(1 << 20);
                assertThat(tuned.generate(pairs.get(0).input())).isNotBlank();
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
        }
        assertThat(mean(losses.subList(6, 8))).isLessThan(mean(losses.subList(0, 2)));
    }

    @Test
    void theDefaultModelLearnsLabelsByPrefixesAndAHead() {
        learns(RealModels.defaultModel(), FineTuning.Pooling.PUBLISHED, TuningMethod.P_TUNING_V2);
    }

    @Test
    void theDefaultModelLearnsLabelsByPrefixesAtItsMask() {
        learns(RealModels.defaultModel(), FineTuning.Pooling.PUBLISHED, TuningMethod.PREFIX_TUNING);
    }

    @Test
    void theDefaultModelLearnsLabelsByVirtualTokensAmongWords() {
        learns(RealModels.defaultModel(), FineTuning.Pooling.PUBLISHED, TuningMethod.P_TUNING);
    }

    @Test
    void theDefaultModelLearnsLabelsByVirtualTokensBeforeTheInput() {
        learns(RealModels.defaultModel(), FineTuning.Pooling.PUBLISHED, TuningMethod.PROMPT_TUNING);
    }

    @Test
    void aModelOfSentenceVectorsLearnsLabelsByPrefixesAndAHeadOnMeans() {
        learns(RealModels.folder("all-MiniLM-L6-v2").toString(), FineTuning.Pooling.MEAN, TuningMethod.P_TUNING_V2);
    }

    private static void learns(String model, FineTuning.Pooling pooling, TuningMethod method) {
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model))
                .build();
        try (LanguageModel shared = LanguageModel.open(model)) {
            String before = WeightDigest.of(shared.backbone());
            try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                    .method(method)
                    .quiet()
                    .options(options -> {
                        TrainingOptions few = options.withMaxSteps(30).with(TuningOptions.PROMPT_LENGTH, 5);
                        return switch (method) {
                            case P_TUNING_V2 -> few.with(PrefixOptions.POOLING, pooling);
                            case P_TUNING ->
                                few.with(TuningOptions.FREEZE_BACKBONE, true).withLearningRate(5e-3);
                            case PROMPT_TUNING -> few.withLearningRate(5e-2);
                            default ->
                                few.with(PrefixOptions.REPARAMETRIZED, false).withLearningRate(1e-2);
                        };
                    })
                    .fit(Reviews.examples())) {
                assertThat(tuned.evaluate(Reviews.examples()).accuracy()).isGreaterThan(0.9);
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
        }
    }

    private static double mean(List<Double> losses) {
        return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
