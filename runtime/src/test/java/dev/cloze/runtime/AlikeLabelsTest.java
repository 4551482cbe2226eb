package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.InContextOptions;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Meals.Meal;
import dev.cloze.runtime.Meals.Slot;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Labels whose {@code toString} says the same: answered, saved and read again as the constants that they are. */
class AlikeLabelsTest {

    private enum Mood {
        GLAD,
        SAD;

        @Override
        public String toString() {
            return "a mood";
        }
    }

    private enum Spoken {
        GLAD,
        SAD;

        @Override
        public String toString() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    @TempDir
    Path folder;

    private static <L> ClassificationTask<Review, L> task(Class<L> type, L glad, L sad, TuningMethod method) {
        return ClassificationTask.of(Review.class, type)
                .template("{text} It was {mask}.")
                .placeholder("text", Review::text)
                .label(glad, "great")
                .label(sad, "terrible")
                .tuning(TaskTuning.of(method, "cloze-tiny-en"))
                .build();
    }

    private static <L> List<Labeled<Review, L>> examples(L glad, L sad) {
        return Reviews.examples().stream()
                .map(one -> new Labeled<>(one.input(), one.label() == Sentiment.POSITIVE ? glad : sad))
                .toList();
    }

    private static <L> PromptTrainer<Review, L> trainer(ClassificationTask<Review, L> task) {
        TuningMethod method = task.tuning().method();
        return PromptTrainer.of(task).quiet().options(options -> switch (method) {
            case TF_IDF -> options;
            case IN_CONTEXT -> options.with(InContextOptions.SETS, 2);
            case LM_BFF -> options.withMaxSteps(2).withBatchSize(4).with(LmBffOptions.SETS, 2);
            case PET ->
                options.withMaxSteps(2)
                        .withBatchSize(4)
                        .with(PetOptions.REPETITIONS, 1)
                        .with(PetOptions.DISTILLATION_STEPS, 4);
            case SETFIT -> options.withMaxSteps(8).withBatchSize(4);
            default ->
                options.withMaxSteps(30).withBatchSize(8).withLearningRate(method == TuningMethod.LSTM ? 1e-2 : 1e-3);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = TuningMethod.class,
            names = {"FINE_TUNING", "LSTM", "TF_IDF", "SETFIT", "PET", "LM_BFF", "IN_CONTEXT", "PROMPT_FINE_TUNING"})
    void bothAreAnsweredAsThoseOfAnotherEnumAre(TuningMethod method) {
        assertAnswered(method, options -> options);
    }

    @ParameterizedTest
    @EnumSource(names = {"SOFT", "PROTOTYPES"})
    void bothHaveNumbersOfTheirOwn(VerbalizerKind kind) {
        List<Mood> answers =
                assertAnswered(TuningMethod.PROMPT_FINE_TUNING, options -> options.with(VerbalizerOptions.KIND, kind));
        assertThat(answers).contains(Mood.GLAD, Mood.SAD);
    }

    private List<Mood> assertAnswered(TuningMethod method, UnaryOperator<TrainingOptions> change) {
        Path saved = folder.resolve("saved");
        ClassificationTask<Review, Mood> task = task(Mood.class, Mood.GLAD, Mood.SAD, method);
        List<Mood> alike;
        try (PromptPipeline<Review, Mood> tuned =
                trainer(task).options(change).fit(examples(Mood.GLAD, Mood.SAD), List.of(), Patterns.unlabeled(8))) {
            alike = answers(tuned);
            tuned.save(saved);
        }
        try (PromptPipeline<Review, Sentiment> other = trainer(
                        task(Sentiment.class, Sentiment.POSITIVE, Sentiment.NEGATIVE, method))
                .options(change)
                .fit(Reviews.examples(), List.of(), Patterns.unlabeled(8))) {
            assertThat(alike)
                    .containsExactlyElementsOf(answers(other).stream()
                            .map(label -> label == Sentiment.POSITIVE ? Mood.GLAD : Mood.SAD)
                            .toList());
        }
        try (PromptPipeline<Review, Mood> loaded = PromptPipeline.load(task, saved)) {
            assertThat(answers(loaded)).isEqualTo(alike);
        }
        return alike;
    }

    private static <L> List<L> answers(PromptPipeline<Review, L> pipeline) {
        return Reviews.examples().stream()
                .map(one -> pipeline.predict(one.input()).label())
                .toList();
    }

    /** Earlier versions wrote the texts of constants, in the manifest and beside the weights. */
    @ParameterizedTest
    @EnumSource(
            value = TuningMethod.class,
            names = {"FINE_TUNING", "TF_IDF", "LM_BFF", "PROMPT_FINE_TUNING"})
    void whatAnEarlierVersionSavedIsRead(TuningMethod method) throws IOException {
        assertRead(method, options -> options);
    }

    @ParameterizedTest
    @EnumSource(names = {"SOFT", "PROTOTYPES"})
    void numbersOfLabelsThatAnEarlierVersionSavedAreRead(VerbalizerKind kind) throws IOException {
        assertRead(TuningMethod.PROMPT_FINE_TUNING, options -> options.with(VerbalizerOptions.KIND, kind));
    }

    private void assertRead(TuningMethod method, UnaryOperator<TrainingOptions> change) throws IOException {
        Path saved = folder.resolve("saved");
        ClassificationTask<Review, Spoken> task = task(Spoken.class, Spoken.GLAD, Spoken.SAD, method);
        List<Spoken> answers;
        try (PromptPipeline<Review, Spoken> tuned =
                trainer(task).options(change).fit(examples(Spoken.GLAD, Spoken.SAD))) {
            answers = answers(tuned);
            tuned.save(saved);
        }
        asAnEarlierVersion(saved);
        try (PromptPipeline<Review, Spoken> loaded = PromptPipeline.load(task, saved)) {
            assertThat(answers(loaded)).isEqualTo(answers);
        }
    }

    @Test
    void spansThatAnEarlierVersionLabelledAreFound() throws IOException {
        Path saved = folder.resolve("saved");
        ExtractionTask<Meal, Spoken> task = ExtractionTask.of(Meal.class, Spoken.class)
                .template("{text|spans} {span} is a {mask}")
                .placeholder("text", Meal::text)
                .label(Spoken.GLAD, "place")
                .label(Spoken.SAD, "food")
                .tuning(TaskTuning.of(TuningMethod.FINE_TUNING, "cloze-tiny-en"))
                .build();
        List<Extracted<Meal, Spoken>> meals = Meals.examples().stream()
                .map(one -> new Extracted<>(
                        one.input(),
                        one.spans().stream()
                                .map(span -> new Span<>(
                                        span.start(), span.end(), span.label() == Slot.NAME ? Spoken.GLAD : Spoken.SAD))
                                .toList()))
                .toList();
        List<Meal> inputs = meals.stream().map(Extracted::input).toList();
        List<List<FoundSpan<Spoken>>> found;
        try (ExtractionPipeline<Meal, Spoken> tuned = ExtractionTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(40).withLearningRate(1e-3))
                .fit(meals)) {
            found = tuned.extract(inputs);
            tuned.save(saved);
        }
        assertThat(found.stream().flatMap(List::stream).map(FoundSpan::label)).contains(Spoken.GLAD, Spoken.SAD);
        asAnEarlierVersion(saved);
        try (ExtractionPipeline<Meal, Spoken> loaded = ExtractionPipeline.load(task, saved)) {
            assertThat(loaded.extract(inputs)).isEqualTo(found);
        }
    }

    private static void asAnEarlierVersion(Path saved) throws IOException {
        Path manifest = saved.resolve("manifest.json");
        assertThat(Files.readString(manifest)).contains("\"GLAD\"").doesNotContain("\"Glad\"");
        asBefore(saved.resolve("texts.json"));
        asBefore(manifest);
        sign(manifest, saved.resolve("texts.json"));
    }

    private static void asBefore(Path file) throws IOException {
        if (Files.exists(file)) {
            Files.writeString(
                    file, Files.readString(file).replace("\"GLAD\"", "\"Glad\"").replace("\"SAD\"", "\"Sad\""));
        }
    }

    /** The manifest tells the hash of the texts. */
    private static void sign(Path manifest, Path texts) throws IOException {
        if (Files.exists(texts)) {
            String hash = HexFormat.of().formatHex(sha256(Files.readAllBytes(texts)));
            JsonObject json = JsonParser.parseString(Files.readString(manifest)).getAsJsonObject();
            json.addProperty("textsSha256", hash);
            Files.writeString(manifest, json.toString());
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Text(String text, int number) {
        @Override
        public String toString() {
            return text;
        }
    }

    @Test
    void otherLabelsThatAreAlikeAreRefused() {
        ClassificationTask<Review, Text> task =
                task(Text.class, new Text("one", 1), new Text("one", 2), TuningMethod.TF_IDF);
        assertThatThrownBy(() -> PromptTrainer.of(task).fit(examples(new Text("one", 1), new Text("one", 2))))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.VERBALIZER_REPEATED_LABEL));
    }
}
