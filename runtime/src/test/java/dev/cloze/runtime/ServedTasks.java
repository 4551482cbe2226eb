package dev.cloze.runtime;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Pipelines of all methods that share a model, on one tiny model of each kind, tuned for a few steps. */
final class ServedTasks {

    static final List<Review> INPUTS =
            Reviews.examples().stream().map(Labeled::input).toList();

    private final BackboneKind kind;
    private final String model;

    ServedTasks(BackboneKind kind, Path folder) {
        this.kind = kind;
        this.model = model(kind, folder);
    }

    static String model(BackboneKind kind, Path folder) {
        List<String> words = new ArrayList<>(Places.words());
        INPUTS.stream()
                .flatMap(review ->
                        Stream.of(review.text().toLowerCase(Locale.ROOT).split("[ .,]+")))
                .distinct()
                .filter(word -> !words.contains(word))
                .forEach(words::add);
        Path path = folder.resolve("model-" + kind);
        return switch (kind) {
            case ENCODER -> "cloze-tiny-en";
            case DECODER -> TinyModels.decoder(path, 96, words).toString();
            case ENCODER_DECODER -> TinyModels.encoderDecoder(path, words).toString();
        };
    }

    String model() {
        return model;
    }

    ClassificationTask.Builder<Review, Sentiment> asked(String template) {
        return Reviews.asked(template).tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model));
    }

    PromptPipeline<Review, Sentiment> fit(TuningMethod method, String template, UnaryOperator<TrainingOptions> change) {
        return PromptTrainer.of(asked(template).build())
                .method(method)
                .quiet()
                .sharedOptions(options -> options.withMaxSteps(6).withLearningRate(0.05))
                .options(change)
                .fit(Reviews.examples());
    }

    /** With a prompt of that length. */
    PromptPipeline<Review, Sentiment> prompted(TuningMethod method, int length) {
        return fit(method, "{text} It was {mask}", options -> options.with(TuningOptions.PROMPT_LENGTH, length));
    }

    PromptPipeline<Review, Sentiment> zeroShot() {
        return PromptPipeline.zeroShot(asked("{text} In a word, {mask}").build());
    }

    /** One of each method, and of each way to ask: 10 pipelines of which some ask several times. */
    List<PromptPipeline<Review, Sentiment>> mixed() {
        return List.of(
                prompted(TuningMethod.PROMPT_TUNING, 3),
                prompted(TuningMethod.PREFIX_TUNING, 4),
                fit(
                        TuningMethod.P_TUNING,
                        "{soft:2} {text} {soft} It was {mask}",
                        options -> options.with(TuningOptions.FREEZE_BACKBONE, true)),
                prompted(TuningMethod.P_TUNING_V2, 5),
                prompted(TuningMethod.MULTITASK_PROMPT_TUNING, 4),
                zeroShot(),
                prompted(TuningMethod.PROMPT_TUNING, 6),
                PromptPipeline.zeroShot(asked("{text} All in all {mask}")
                        .template("{text} It felt {mask}")
                        .build()),
                PromptPipeline.zeroShot(ClassificationTask.of(Review.class, Sentiment.class)
                        .template("{text} It was {mask}")
                        .placeholder("text", Review::text)
                        .label(Sentiment.POSITIVE, "very good", "fine")
                        .label(Sentiment.NEGATIVE, "very poor", "bad")
                        .multiTokenWords(MultiTokenWords.JOINT)
                        .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model))
                        .build()),
                fit(TuningMethod.IN_CONTEXT, "{text} It was {mask}", options -> options));
    }

    /** Those that write: of each method, and without training. */
    List<TextPipeline<Place>> texts() {
        return List.of(
                TextPipeline.pretrained(Places.task(Path.of(model))),
                text(TuningMethod.PREFIX_TUNING, 4),
                text(TuningMethod.PROMPT_TUNING, 3),
                text(
                        TuningMethod.P_TUNING,
                        "{soft:2} {name} {soft} {food} {area}",
                        options -> options.with(TuningOptions.FREEZE_BACKBONE, true)),
                text(TuningMethod.MULTITASK_PROMPT_TUNING, 5),
                text(TuningMethod.PREFIX_TUNING, 2));
    }

    TextPipeline<Place> text(TuningMethod method, int length) {
        String template = Places.task(Path.of(model)).template();
        return text(method, template, options -> options.with(TuningOptions.PROMPT_LENGTH, length));
    }

    private TextPipeline<Place> text(TuningMethod method, String template, UnaryOperator<TrainingOptions> change) {
        return TextTrainer.of(Places.builder(Path.of(model)).template(template).build())
                .method(method)
                .quiet()
                .options(options -> change.apply(options.withMaxSteps(12).withLearningRate(0.05)))
                .fit(Places.pairs());
    }

    @Override
    public String toString() {
        return kind.name();
    }
}
