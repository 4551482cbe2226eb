package dev.cloze.runtime;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.ArrayList;
import java.util.List;

/** A small sentiment task, declared as generated code declares it, with a few examples. */
public final class Reviews {

    private Reviews() {}

    public record Review(String text) {}

    public enum Sentiment {
        POSITIVE,
        NEGATIVE
    }

    public static final ClassificationTask<Review, Sentiment> TASK = builder().build();

    public static ClassificationTask.Builder<Review, Sentiment> builder() {
        return asked("{text} It was {mask}.");
    }

    /** The same in other words. */
    public static ClassificationTask.Builder<Review, Sentiment> asked(String template) {
        return ClassificationTask.of(Review.class, Sentiment.class)
                .template(template)
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, "great", "good")
                .label(Sentiment.NEGATIVE, "terrible", "bad")
                .multiTokenWords(MultiTokenWords.JOINT)
                .calibration(Calibration.NONE)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"));
    }

    private static final String[] GOOD = {
        "A warm, funny film with a lovely cast.",
        "The room was clean and the staff were kind.",
        "I enjoyed every minute of this book.",
        "Delicious food and a perfect evening.",
        "The best concert I have been to in years.",
        "It works beautifully and charges fast.",
        "A clever story, superbly acted.",
        "We laughed the whole way through."
    };

    private static final String[] BAD = {
        "A dull, endless film with a wooden cast.",
        "The room was dirty and the staff were rude.",
        "I regretted every minute of this book.",
        "Cold food and a miserable evening.",
        "The worst concert I have been to in years.",
        "It broke at once and never charged.",
        "A stupid story, badly acted.",
        "We wanted to leave after ten minutes."
    };

    /** Eight of each label, in turn. */
    public static List<Labeled<Review, Sentiment>> examples() {
        List<Labeled<Review, Sentiment>> examples = new ArrayList<>();
        for (int i = 0; i < GOOD.length; i++) {
            examples.add(new Labeled<>(new Review(GOOD[i]), Sentiment.POSITIVE));
            examples.add(new Labeled<>(new Review(BAD[i]), Sentiment.NEGATIVE));
        }
        return examples;
    }
}
