package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.MultitaskOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One prompt that tasks share in published models: each is learnt, the next task starts ahead, and the model stays as it is. */
class MultitaskRealModelsTest {

    private static final List<Labeled<Review, Sentiment>> REVIEWS = Reviews.examples();
    private static final List<Labeled<Review, Boolean>> ADVICE = REVIEWS.stream()
            .map(one -> new Labeled<>(one.input(), one.label() == Sentiment.POSITIVE))
            .toList();

    @TempDir
    private Path folder;

    private final List<Double> losses = new ArrayList<>();

    @Test
    void theDefaultModelLearnsTwoTasksByOnePromptAndAThirdStartsAhead() {
        String model = RealModels.defaultModel();
        TaskTuning tuning = TaskTuning.of(TuningMethod.MULTITASK_PROMPT_TUNING, model);
        ClassificationTask<Review, Sentiment> review =
                Reviews.builder().tuning(tuning).build();
        ClassificationTask<Review, Boolean> advice = ClassificationTask.of(Review.class, Boolean.class)
                .template("{text} Is it worth it? {mask}.")
                .placeholder("text", Review::text)
                .label(true, "yes")
                .label(false, "no")
                .tuning(tuning)
                .build();
        try (LanguageModel shared = LanguageModel.open(model)) {
            String before = WeightDigest.of(shared.backbone());
            SharedPrompt prompt = trainer(60)
                    .task("reviews", PromptTrainer.of(review), REVIEWS)
                    .task("advice", PromptTrainer.of(advice), ADVICE)
                    .fit();
            assertThat(mean(50, 60)).isLessThan(0.8 * mean(0, 10));
            try (PromptPipeline<Review, Sentiment> reviews = PromptPipeline.load(review, own(prompt, "reviews"));
                    PromptPipeline<Review, Boolean> advised = PromptPipeline.load(advice, own(prompt, "advice"))) {
                assertThat(reviews.evaluate(REVIEWS).accuracy()).isGreaterThan(0.8);
                assertThat(advised.evaluate(ADVICE).accuracy()).isGreaterThan(0.8);
            }
            prompt.save(folder.resolve("shared"));
            ClassificationTask<Review, Sentiment> ahead = review.withTuning(tuning.with(
                    MultitaskOptions.SOURCE.name(), folder.resolve("shared").toString()));
            assertThat(firstLoss(ahead)).isLessThan(firstLoss(review));
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
        }
    }

    /** One writes, the other chooses a word. */
    @Test
    void smolLm2LearnsTwoTasksByOnePrompt() {
        Path smolLm2 = RealModels.folder("SmolLM2-135M-Instruct");
        List<TextPair<Place>> places = Places.pairs().subList(0, 8);
        TextTask<Place> writing = Places.task(smolLm2);
        ClassificationTask<Review, Sentiment> choosing = Reviews.asked("{text} It was {mask}")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_TUNING, smolLm2.toString()))
                .build();
        try (LanguageModel shared = LanguageModel.open(smolLm2.toString())) {
            String before = WeightDigest.of(shared.backbone());
            SharedPrompt prompt = trainer(16)
                    .options(options -> options.withLearningRate(0.1))
                    .teachers(options -> options.withLearningRate(0.1))
                    .task("places", TextTrainer.of(writing), places)
                    .task("reviews", PromptTrainer.of(choosing), REVIEWS)
                    .fit();
            assertThat(mean(12, 16)).isLessThan(0.8 * mean(0, 4));
            try (TextPipeline<Place> written = TextPipeline.load(writing, own(prompt, "places"));
                    TextPipeline<Place> untrained = TextPipeline.pretrained(writing);
                    PromptPipeline<Review, Sentiment> chosen = PromptPipeline.load(choosing, own(prompt, "reviews"))) {
                assertThat(written.perplexity(places)).isLessThan(untrained.perplexity(places) / 2);
                assertThat(chosen.evaluate(REVIEWS).accuracy()).isGreaterThan(0.6);
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
        }
    }

    private MultitaskTrainer trainer(int steps) {
        return MultitaskTrainer.create()
                .quiet()
                .teachers(options -> options.withMaxSteps(steps / 2).withBatchSize(4))
                .options(options -> options.withMaxSteps(steps).withBatchSize(4).with(TuningOptions.PROMPT_LENGTH, 5))
                .listener(KindContract.recording(losses));
    }

    private Path own(SharedPrompt prompt, String task) {
        Path own = folder.resolve(task);
        prompt.saveTask(task, own);
        return own;
    }

    private double firstLoss(ClassificationTask<Review, Sentiment> task) {
        losses.clear();
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(1).withBatchSize(16))
                .listener(KindContract.recording(losses))
                .fit(REVIEWS)) {
            assertThat(tuned.predict(REVIEWS.get(0).input()).probabilities()).hasSize(2);
        }
        return losses.get(0);
    }

    private double mean(int from, int to) {
        return losses.subList(from, to).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
