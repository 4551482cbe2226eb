package dev.cloze.runtime.tuning.incontext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.InContextOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.SavedSettings;
import dev.cloze.runtime.classification.MaskFiller;
import dev.cloze.runtime.classification.MaskFiller.Filling;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.demonstration.SentenceVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** In-context classification against the same text asked as a whole. */
class InContextTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final Review INPUT = new Review("A film that I would see again.");

    @TempDir
    Path folder;

    @Test
    void anEncoderSaysWhatItSaysOfTheWholeText() {
        ClassificationTask<Review, Sentiment> task = task("{text} It was {mask}.", Calibration.NONE);
        assertSaysWhatItSaysOfTheWholeText(task, 1, one -> one + " {special:\"[SEP]\"} ");
    }

    @Test
    void severalSetsSayTheMeanOfWhatTheirWholeTextsSay() {
        ClassificationTask<Review, Sentiment> task = task("{text} It was {mask}.", Calibration.NONE);
        assertSaysWhatItSaysOfTheWholeText(task, 3, one -> one + " {special:\"[SEP]\"} ");
    }

    /** Zhao et al. 2021: what is said of an input over the mean of what is said of three without content, behind the same demonstrations. */
    @ParameterizedTest
    @CsvSource({"1, PAPER", "2, REFERENCE"})
    void contextualCalibrationDividesByWhatIsSaidWithoutContent(int sets, Compat compat) {
        Map<Sentiment, Double> context = new EnumMap<>(Sentiment.class);
        Map<Sentiment, Double> said;
        try (PromptPipeline<Review, Sentiment> plain = fit(oneWordEach(Calibration.NONE, "", compat), 1, sets)) {
            for (String nothing : List.of("N/A", "[MASK]", "")) {
                plain.predict(new Review(nothing))
                        .probabilities()
                        .forEach((label, probability) -> context.merge(label, probability / 3, Double::sum));
            }
            said = plain.predict(INPUT).probabilities();
        }
        Map<Sentiment, Double> weighed = new EnumMap<>(Sentiment.class);
        said.forEach((label, probability) -> {
            double over = probability / context.getOrDefault(label, 0.0);
            weighed.put(label, compat == Compat.PAPER ? Math.exp(over) : over);
        });
        double all = weighed.values().stream().mapToDouble(each -> each).sum();
        try (PromptPipeline<Review, Sentiment> calibrated =
                fit(oneWordEach(Calibration.CONTEXTUAL, "", compat), 1, sets)) {
            Map<Sentiment, Double> found = calibrated.predict(INPUT).probabilities();
            weighed.forEach((label, weight) ->
                    assertThat(found.getOrDefault(label, 0.0)).isCloseTo(weight / all, within(1e-5)));
            assertThat(found.getOrDefault(Sentiment.POSITIVE, 0.0))
                    .as("calibration tells")
                    .isNotCloseTo(said.getOrDefault(Sentiment.POSITIVE, 0.0), within(1e-3));
        }
    }

    /** The likest of each label stand before the three without content too, and not what is like "N/A". */
    @ParameterizedTest
    @EnumSource(Compat.class)
    void whereDemonstrationsAreLikeTheInputTheSameStandBeforeNoContent(Compat compat) {
        List<String[]> likest = likest();
        Map<Sentiment, Double> expected = new EnumMap<>(Sentiment.class);
        try (MaskFiller filler = MaskFiller.open("cloze-tiny-en")) {
            double[] said = oneWordEach(filler, likest, INPUT.text());
            double[] context = new double[2];
            for (String nothing : List.of("N/A", "[MASK]", "")) {
                double[] empty = oneWordEach(filler, likest, nothing);
                for (int label = 0; label < 2; label++) {
                    context[label] += empty[label] / 3;
                }
            }
            for (Sentiment label : Sentiment.values()) {
                double over = said[label.ordinal()] / context[label.ordinal()];
                expected.put(label, compat == Compat.PAPER ? Math.exp(over) : over);
            }
        }
        double all = expected.values().stream().mapToDouble(each -> each).sum();
        try (PromptPipeline<Review, Sentiment> calibrated =
                fit(oneWordEach(Calibration.CONTEXTUAL, "cloze-tiny-en", compat), 1, 1)) {
            Map<Sentiment, Double> found = calibrated.predict(INPUT).probabilities();
            expected.forEach((label, weight) ->
                    assertThat(found.getOrDefault(label, 0.0)).isCloseTo(weight / all, within(1e-4)));
            assertThat(calibrated
                            .predict(List.of(EXAMPLES.get(3).input(), INPUT))
                            .get(1)
                            .probabilities())
                    .as("beside another input")
                    .allSatisfy((label, probability) ->
                            assertThat(probability).isCloseTo(found.getOrDefault(label, 0.0), within(1e-5)));
        }
    }

    /** Of each label the example that is the likest, the likest of all last: label and text. */
    private static List<String[]> likest() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            SentenceVectors vectors = new SentenceVectors(model);
            float[] input = vectors.of(List.of(Map.of("text", INPUT.text())))[0];
            ToDoubleFunction<String> cosine = text -> {
                float[] other = vectors.of(List.of(Map.of("text", text)))[0];
                return IntStream.range(0, input.length)
                        .mapToDouble(i -> (double) input[i] * other[i])
                        .sum();
            };
            return Arrays.stream(Sentiment.values())
                    .map(label -> EXAMPLES.stream()
                            .filter(example -> example.label() == label)
                            .map(example -> example.input().text())
                            .max(Comparator.comparingDouble(cosine))
                            .map(text -> new String[] {label.name(), text})
                            .orElseThrow())
                    .sorted(Comparator.comparingDouble(one -> cosine.applyAsDouble(one[1])))
                    .toList();
        }
    }

    /** The probabilities of "great" and "terrible", which come to 1. */
    private static double[] oneWordEach(MaskFiller filler, List<String[]> shown, String input) {
        Map<String, Double> said = new HashMap<>();
        String whole = before(shown, one -> one + " {special:\"[SEP]\"} ") + input + " It was {mask}.";
        filler.fill(whole, filler.vocabularySize()).forEach(one -> said.put(one.token(), one.probability()));
        double great = said.getOrDefault("great", 0.0);
        double terrible = said.getOrDefault("terrible", 0.0);
        return new double[] {great / (great + terrible), terrible / (great + terrible)};
    }

    /** Texts as long as the template leaves room for beside the input, once what begins a text is counted once. */
    @Test
    void aDemonstrationThatJustHasRoomIsShownAndSaved() {
        List<Labeled<Review, Sentiment>> long64 = EXAMPLES.stream()
                .map(one -> new Labeled<>(new Review("good ".repeat(60)), one.label()))
                .toList();
        ClassificationTask<Review, Sentiment> task = Reviews.asked("{text} It was {mask}.")
                .tuning(TaskTuning.of(TuningMethod.IN_CONTEXT, "cloze-tiny-en").with("maxLength", 64))
                .build();
        Path saved = folder.resolve("long");
        try (PromptPipeline<Review, Sentiment> pipeline = PromptTrainer.of(task)
                .quiet()
                .options(options -> options.with(InContextOptions.DEMONSTRATIONS, 1))
                .fit(long64)) {
            pipeline.save(saved);
            assertThat(shown(saved)).singleElement().satisfies(set -> assertThat(set)
                    .hasSize(1));
            Prediction<Sentiment> said = pipeline.predict(new Review("bad ".repeat(60)));
            try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, saved)) {
                assertThat(loaded.predict(new Review("bad ".repeat(60)))).isEqualTo(said);
            }
        }
    }

    /** What is never cut has the room of other texts beside demonstrations. */
    @Test
    void anInputThatIsNeverCutHasRoomBesideDemonstrations() {
        ClassificationTask<Review, Sentiment> task = Reviews.asked("{text|fixed} It was {mask}.")
                .tuning(TaskTuning.of(TuningMethod.IN_CONTEXT, "cloze-tiny-en").with("maxLength", 200))
                .build();
        try (PromptPipeline<Review, Sentiment> pipeline = fit(task, 16, 1)) {
            assertThat(pipeline.predict(new Review("good ".repeat(60))).cut()).isFalse();
        }
    }

    /** Earlier versions kept no room for what is never cut, and chose longer limits. */
    @Test
    void limitsOfBeforeThatAnInputWhichIsNeverCutHasNoRoomBesideAreRead() throws IOException {
        ClassificationTask<Review, Sentiment> task = Reviews.asked("{text|fixed} It was {mask}.")
                .tuning(TaskTuning.of(TuningMethod.IN_CONTEXT, "cloze-tiny-en").with("maxLength", 64))
                .build();
        Path saved = folder.resolve("before");
        Review asked = new Review("It was not good.");
        try (PromptPipeline<Review, Sentiment> pipeline = fit(task, 1, 1)) {
            pipeline.save(saved);
            SavedSettings.change(saved, settings -> {
                assertThat(settings.get("demonstrationLimit").getAsInt()).isLessThan(50);
                settings.addProperty("demonstrationLimit", "50");
            });
            try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, saved)) {
                assertThat(loaded.predict(asked)).isEqualTo(pipeline.predict(asked));
            }
        }
    }

    private static ClassificationTask<Review, Sentiment> oneWordEach(
            Calibration calibration, String similarity, Compat compat) {
        TaskTuning tuning =
                TaskTuning.of(TuningMethod.IN_CONTEXT, "cloze-tiny-en").with("compat", compat);
        return ClassificationTask.of(Review.class, Sentiment.class)
                .template("{text} It was {mask}.")
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, "great")
                .label(Sentiment.NEGATIVE, "terrible")
                .multiTokenWords(MultiTokenWords.JOINT)
                .calibration(calibration)
                .tuning(similarity.isEmpty() ? tuning : tuning.with("similarity", similarity))
                .build();
    }

    @Test
    void itIsCalibratedWithTheDemonstrationsInFront() {
        ClassificationTask<Review, Sentiment> task = task("{text} It was {mask}.", Calibration.PMI);
        try (PromptPipeline<Review, Sentiment> pipeline = fit(task, 2, 1)) {
            Map<Sentiment, Double> empty = pipeline.predict(new Review("")).probabilities();
            assertThat(empty.values())
                    .allSatisfy(probability -> assertThat(probability).isCloseTo(0.5, within(1e-6)));
        }
    }

    @Test
    void theSeedChoosesAndTheArchiveHoldsTheTextsAndSaysSo() throws Exception {
        ClassificationTask<Review, Sentiment> task = task("{text} It was {mask}.", Calibration.NONE);
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> pipeline = fit(task, 2, 1);
                PromptPipeline<Review, Sentiment> again = fit(task, 2, 1);
                PromptPipeline<Review, Sentiment> other = PromptTrainer.of(task)
                        .quiet()
                        .options(options -> options.withSeed(8).with(InContextOptions.DEMONSTRATIONS, 2))
                        .fit(EXAMPLES)) {
            Prediction<Sentiment> prediction = pipeline.predict(INPUT);
            assertThat(again.predict(INPUT)).isEqualTo(prediction);
            assertThat(other.predict(INPUT)).isNotEqualTo(prediction);
            assertThat(Logged.during(() -> pipeline.save(saved)))
                    .anyMatch(line -> line.contains("holds 4 texts of the training set as demonstrations"));
            assertThat(Files.readString(saved.resolve("texts.json"))).contains("demonstrations.labels");
            try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task, saved)) {
                assertThat(loaded.predict(INPUT)).isEqualTo(prediction);
            }
        }
    }

    @Test
    void demonstrationsThatHaveNoRoomAreRefusedWithTheSum() {
        ClassificationTask<Review, Sentiment> task = Reviews.asked("{text} It was {mask}.")
                .tuning(TaskTuning.of(TuningMethod.IN_CONTEXT, "cloze-tiny-en").with("maxLength", 12))
                .build();
        assertThatThrownBy(() -> fit(task, 2, 1))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DEMONSTRATIONS_TOO_LONG));
    }

    private static ClassificationTask<Review, Sentiment> task(String template, Calibration calibration) {
        return Reviews.asked(template)
                .calibration(calibration)
                .tuning(TaskTuning.of(TuningMethod.IN_CONTEXT, "cloze-tiny-en"))
                .build();
    }

    private static PromptPipeline<Review, Sentiment> fit(
            ClassificationTask<Review, Sentiment> task, int demonstrations, int sets) {
        return PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withSeed(7)
                        .with(InContextOptions.DEMONSTRATIONS, demonstrations)
                        .with(InContextOptions.SETS, sets))
                .fit(EXAMPLES);
    }

    /** @param ended a text with what parts it from the next */
    private void assertSaysWhatItSaysOfTheWholeText(
            ClassificationTask<Review, Sentiment> task, int sets, UnaryOperator<String> ended) {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> pipeline = fit(task, 2, sets);
                MaskFiller filler = MaskFiller.open(task.tuning().backbone())) {
            pipeline.save(saved);
            double mean = 0;
            List<List<String[]>> all = shown(saved);
            assertThat(all).hasSize(sets);
            for (List<String[]> set : all) {
                mean += margin(filler, set, ended) / sets;
            }
            Map<Sentiment, Double> probabilities = pipeline.predict(INPUT).probabilities();
            assertThat(Math.log(probabilities.getOrDefault(Sentiment.POSITIVE, 0.0))
                            - Math.log(probabilities.getOrDefault(Sentiment.NEGATIVE, 0.0)))
                    .isCloseTo(mean, within(1e-4));
        }
    }

    /** How much more is said for one label than for the other, where the demonstrations and the input are one text. */
    private static double margin(MaskFiller filler, List<String[]> shown, UnaryOperator<String> ended) {
        String whole = before(shown, ended) + INPUT.text() + " It was {mask}.";
        Map<String, Double> said = new HashMap<>();
        for (Filling filling : filler.fill(whole, filler.vocabularySize())) {
            said.put(filling.token(), Math.log(filling.probability()));
        }
        double positive = (said.getOrDefault("great", 0.0) + said.getOrDefault("good", 0.0)) / 2;
        double negative = (said.getOrDefault("terrible", 0.0) + said.getOrDefault("bad", 0.0)) / 2;
        return positive - negative;
    }

    private static String before(List<String[]> shown, UnaryOperator<String> ended) {
        StringBuilder before = new StringBuilder();
        for (String[] one : shown) {
            String word = one[0].equals("POSITIVE") ? "great" : "terrible";
            before.append(ended.apply(one[1] + " It was " + word + "."));
        }
        return before.toString();
    }

    /** Of each set the label and text of each demonstration, in the order in which they are read. */
    private static List<List<String[]>> shown(Path saved) {
        try {
            var texts = com.google.gson.JsonParser.parseString(Files.readString(saved.resolve("texts.json")))
                    .getAsJsonObject();
            List<List<String[]>> sets = new ArrayList<>();
            texts.getAsJsonArray("demonstrations.sets").forEach(set -> {
                List<String[]> shown = new ArrayList<>();
                for (String place : set.getAsString().split(" ", -1)) {
                    int at = Integer.parseInt(place);
                    shown.add(new String[] {
                        texts.getAsJsonArray("demonstrations.labels").get(at).getAsString(),
                        texts.getAsJsonArray("demonstrations.texts of text")
                                .get(at)
                                .getAsString()
                    });
                }
                sets.add(shown);
            });
            return sets;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
