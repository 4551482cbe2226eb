package dev.cloze.runtime.tuning.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.verbalizer.LabelWord;
import dev.cloze.runtime.verbalizer.Logits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trained verbalizers from annotation to answer, against {@code verbalizer_goldens.py}, which restates them over transformers. */
class VerbalizerParityTest {

    private static final Path GOLDENS = Path.of("src/test/resources/verbalizers");
    private static final Gson GSON = new Gson();
    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"PAPER, soft", "REFERENCE, soft_first"})
    void vectorsOfLabelsAreTrainedAsInTorch(Compat compat, String golden) throws IOException {
        assertTrained(golden, List.of(List.of("great", "good"), List.of("terrible", "bad")), options -> options.with(
                        VerbalizerOptions.KIND, VerbalizerKind.SOFT)
                .with(VerbalizerOptions.LABEL_LEARNING_RATE, 3e-3)
                .withCompat(compat));
    }

    @Test
    void weightsOfWordsAreTrainedAsInTorch() throws IOException {
        assertTrained(
                "knowledgeable",
                words(json("training.json").getAsJsonObject("knowledgeable").get("words")),
                options -> options.with(VerbalizerOptions.KIND, VerbalizerKind.KNOWLEDGEABLE));
    }

    private void assertTrained(String name, List<List<String>> words, UnaryOperator<TrainingOptions> change)
            throws IOException {
        JsonObject golden = json("training.json").getAsJsonObject(name);
        double[] expected = GSON.fromJson(golden.get("losses"), double[].class);
        double[] norms = GSON.fromJson(golden.get("norms"), double[].class);
        float[][] scores = GSON.fromJson(golden.get("scores"), float[][].class);
        List<Double> losses = new ArrayList<>();
        List<Double> gradients = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
                gradients.add(step.gradientNorm());
            }
        };
        ClassificationTask<Review, Sentiment> task = task(
                words,
                TinyModels.withoutDropout("cloze-tiny-en", folder.resolve("model"))
                        .toString());
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                .quiet()
                .listener(listener)
                .options(options -> change.apply(options.withMaxSteps(20)
                        .withBatchSize(EXAMPLES.size())
                        .withEvaluateEvery(0)
                        .withLearningRate(3e-4)))
                .fit(EXAMPLES)) {
            for (int i = 0; i < expected.length; i++) {
                assertThat(losses.get(i)).as("loss %d", i).isCloseTo(expected[i], within(1e-4));
                assertThat(gradients.get(i)).as("norm %d", i).isCloseTo(norms[i], within(1e-3));
            }
            List<Prediction<Sentiment>> said =
                    tuned.predict(EXAMPLES.stream().map(Labeled::input).toList());
            for (int i = 0; i < scores.length; i++) {
                float[] probabilities = Logits.softmax(scores[i]);
                for (Sentiment label : Sentiment.values()) {
                    assertThat(said.get(i).probabilities().get(label))
                            .isCloseTo((double) probabilities[label.ordinal()], within(1e-3));
                }
            }
        }
    }

    @Test
    void theSameWordsAreKeptAsByRestatements() throws IOException {
        List<Map<String, String>> support =
                EXAMPLES.stream().map(one -> Map.of("text", one.input().text())).toList();
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            for (JsonElement one : json("refinement.json").getAsJsonArray("cases")) {
                JsonObject golden = one.getAsJsonObject();
                CompiledTask compiled = compiled(words(golden.get("words")), model);
                TrainingOptions options = TrainingOptions.defaults()
                        .with(VerbalizerOptions.KIND, VerbalizerKind.KNOWLEDGEABLE)
                        .with(
                                VerbalizerOptions.VOCABULARY_SHARE,
                                golden.get("share").getAsDouble());
                assertThat(kept(compiled, SupportedWords.of(model, compiled, options, support)))
                        .isEqualTo(words(golden.get("paper")));
                assertThat(kept(
                                compiled,
                                SupportedWords.of(model, compiled, options.withCompat(Compat.REFERENCE), support)))
                        .isEqualTo(words(golden.get("code")));
            }
        }
    }

    private static List<List<String>> kept(CompiledTask compiled, boolean[] kept) {
        List<List<String>> words = new ArrayList<>();
        compiled.task().labels().forEach(label -> words.add(new ArrayList<>()));
        for (int w = 0; w < kept.length; w++) {
            if (kept[w]) {
                LabelWord word = compiled.verbalizer().words().get(w);
                words.get(word.label()).add(word.text());
            }
        }
        return words;
    }

    private static CompiledTask compiled(List<List<String>> words, LanguageModel model) {
        Map<Object, List<String>> byLabel = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            byLabel.put("label " + i, words.get(i));
        }
        LabelTask plain = LabelTask.of(Reviews.TASK);
        LabelTask task = new LabelTask(
                plain.name(),
                List.of(new DeclaredTemplate<>("{text} It was {mask}.", byLabel)),
                plain.placeholders(),
                List.copyOf(byLabel.keySet()),
                plain.multiTokenWords(),
                plain.calibration(),
                plain.tuning());
        return CompiledTask.of(task, task.templates().get(0), model);
    }

    private static ClassificationTask<Review, Sentiment> task(List<List<String>> words, String model) {
        return ClassificationTask.of(Review.class, Sentiment.class)
                .template("{text} It was {mask}.")
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, words.get(0).toArray(String[]::new))
                .label(Sentiment.NEGATIVE, words.get(1).toArray(String[]::new))
                .tuning(TaskTuning.of(dev.cloze.annotations.TuningMethod.PROMPT_FINE_TUNING, model))
                .build();
    }

    private static List<List<String>> words(JsonElement lists) {
        List<List<String>> words = new ArrayList<>();
        for (String[] of : GSON.fromJson(lists, String[][].class)) {
            words.add(List.of(of));
        }
        return words;
    }

    private static JsonObject json(String file) throws IOException {
        return JsonParser.parseString(Files.readString(GOLDENS.resolve(file))).getAsJsonObject();
    }
}
