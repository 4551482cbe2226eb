package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A task with two templates, labelled and unlabelled reviews, and trainings that take a moment. */
final class Patterns {

    static final List<Labeled<Review, Sentiment>> TRAIN = Reviews.examples().subList(0, 8);
    static final List<Labeled<Review, Sentiment>> DEV = Reviews.examples().subList(8, 16);

    private Patterns() {}

    static ClassificationTask<Review, Sentiment> task(TuningMethod method) {
        return Reviews.builder()
                .template(
                        "Just {mask}! {text}",
                        Map.of(Sentiment.POSITIVE, List.of("wonderful"), Sentiment.NEGATIVE, List.of("awful")))
                .tuning(TaskTuning.of(method, "cloze-tiny-en"))
                .build();
    }

    static PromptTrainer<Review, Sentiment> trainer(TuningMethod method) {
        return PromptTrainer.of(task(method)).quiet().options(brief());
    }

    static UnaryOperator<TrainingOptions> brief() {
        return options -> options.withMaxSteps(6)
                .withBatchSize(4)
                .withLearningRate(1e-3)
                .withEvaluateEvery(3)
                .with(PetOptions.REPETITIONS, 2)
                .with(PetOptions.DISTILLATION_STEPS, 8)
                .with(PetOptions.DISTILLATION_BATCH_SIZE, 4);
    }

    /** Texts unlike those of the examples. */
    static List<Review> unlabeled(int count) {
        String[] things = {"film", "book", "meal", "room", "phone", "concert"};
        String[] words = {"lovely", "dreadful", "charming", "tedious", "superb", "poor", "kind", "broken"};
        List<Review> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(new Review("The " + things[i % things.length] + " was " + words[i / things.length % words.length]
                    + ", number " + i + "."));
        }
        return texts;
    }
}
