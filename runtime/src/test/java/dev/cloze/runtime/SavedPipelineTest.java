package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.archive.SmallDisk;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedPipelineTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Labeled::input).toList();

    @TempDir
    Path folder;

    @Test
    void aTunedPipelinePredictsTheSameBitForBitAfterSavingAndLoading() {
        Path saved = folder.resolve("tuned");
        List<Prediction<Sentiment>> before;
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.TASK)
                .quiet()
                .options(options -> options.withMaxSteps(5))
                .fit(EXAMPLES)) {
            tuned.save(saved);
            before = tuned.predict(INPUTS);
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(before);
            loaded.save(folder.resolve("again"));
        }
        try (PromptPipeline<Review, Sentiment> again = PromptPipeline.load(Reviews.TASK, folder.resolve("again"))) {
            assertThat(again.predict(INPUTS)).isEqualTo(before);
        }
    }

    @Test
    void anUntunedPipelineCanBeSavedToo() {
        Path saved = folder.resolve("zero");
        List<Prediction<Sentiment>> before;
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            zero.save(saved);
            before = zero.predict(INPUTS);
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(before);
        }
    }

    @Test
    void aDiskThatIsFullWhileSavingCostsNothing() throws IOException {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            zero.save(saved);
        }
        List<Prediction<Sentiment>> before;
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.TASK)
                .quiet()
                .options(options -> options.withMaxSteps(2))
                .fit(EXAMPLES)) {
            before = tuned.predict(INPUTS);
            for (Path target : List.of(saved, folder.resolve("new"))) {
                assertThatThrownBy(() ->
                                ((ClassificationPipeline<Review, Sentiment>) tuned).save(target, SmallDisk.of(100_000)))
                        .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                                .isEqualTo(Problem.DISK_WRITE))
                        .hasMessageContaining("No space left on device");
                assertThat(tuned.predict(INPUTS)).isEqualTo(before);
            }
            assertNothingButSaved();
            PromptPipeline.load(Reviews.TASK, saved).close();
            tuned.save(saved);
        }
        assertNothingButSaved();
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(before);
        }
    }

    private void assertNothingButSaved() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("saved");
        }
    }

    @Test
    void aTaskChangedSinceSavingIsRefusedWithTheDifference() {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            zero.save(saved);
        }
        ClassificationTask<Review, Sentiment> changed = Reviews.asked("{text} All in all, it was {mask}.")
                .label(Sentiment.NEGATIVE, "awful")
                .build();
        assertThatThrownBy(() -> PromptPipeline.load(changed, saved))
                .hasMessageContaining("[ArchiveMismatch]")
                .hasMessageContaining("\"{text} It was {mask}.\"")
                .hasMessageContaining("\"{text} All in all, it was {mask}.\"")
                .hasMessageContaining("awful");
    }

    @Test
    void anotherCompatOfACalibratedTaskIsRefused() {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> zero =
                PromptPipeline.zeroShot(task(Calibration.CONTEXTUAL, Compat.PAPER))) {
            zero.save(saved);
        }
        assertThatThrownBy(() -> PromptPipeline.load(task(Calibration.CONTEXTUAL, Compat.REFERENCE), saved))
                .hasMessageContaining("[ArchiveMismatch]")
                .hasMessageContaining("compat of the calibration: saved with PAPER, now REFERENCE");
    }

    @Test
    void anotherCompatThatPredictsTheSameIsNoDifference() {
        Path saved = folder.resolve("saved");
        List<Prediction<Sentiment>> before;
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(task(Calibration.PMI, Compat.PAPER))) {
            zero.save(saved);
            before = zero.predict(INPUTS);
        }
        try (PromptPipeline<Review, Sentiment> loaded =
                PromptPipeline.load(task(Calibration.PMI, Compat.REFERENCE), saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(before);
        }
    }

    private static ClassificationTask<Review, Sentiment> task(Calibration calibration, Compat compat) {
        return Reviews.builder()
                .calibration(calibration)
                .tuning(Reviews.TASK.tuning().with("compat", compat))
                .build();
    }

    @Test
    void anotherModelIsRefusedWithTheDifference() throws IOException {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            zero.save(saved);
        }
        Path weights = copyOfModel("weights");
        byte[] bytes = Files.readAllBytes(weights.resolve("model.safetensors"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights.resolve("model.safetensors"), bytes);
        assertThatThrownBy(() -> PromptPipeline.load(on(weights), saved))
                .hasMessageContaining("[ArchiveMismatch]")
                .hasMessageContaining("weights of the model: saved with \"cloze-tiny-en\" (sha256 ")
                .hasMessageContaining("now \"" + weights + "\"")
                .hasMessageNotContaining("tokenizer of the model");

        Path tokenizer = copyOfModel("tokenizer");
        Files.writeString(
                tokenizer.resolve("tokenizer.json"), Files.readString(tokenizer.resolve("tokenizer.json")) + "\n");
        assertThatThrownBy(() -> PromptPipeline.load(on(tokenizer), saved))
                .hasMessageContaining("tokenizer of the model: saved with \"cloze-tiny-en\" (sha256 ")
                .hasMessageNotContaining("weights of the model");
    }

    @Test
    void theSameModelOfAnotherNameIsNoDifference() throws IOException {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            zero.save(saved);
        }
        PromptPipeline.load(on(copyOfModel("renamed")), saved).close();
    }

    private static ClassificationTask<Review, Sentiment> on(Path model) {
        return Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString()))
                .build();
    }

    private Path copyOfModel(String name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(name));
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
                Files.copy(model.folder().path().resolve(file), copy.resolve(file));
            }
        }
        return copy;
    }

    @Test
    void theManifestSaysWhatThePipelineIsAndSavingAgainKeepsIt() throws Exception {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.TASK)
                .quiet()
                .options(options -> options.withMaxSteps(4)
                        .withEvaluateEvery(2)
                        .withLearningRate(1e-4)
                        .withSeed(7))
                .fit(EXAMPLES, EXAMPLES.subList(0, 5))) {
            tuned.save(saved);
            double accuracy = tuned.evaluate(EXAMPLES.subList(0, 5)).accuracy();

            JsonObject manifest = manifest(saved);
            assertThat(manifest.get("formatVersion").getAsInt()).isEqualTo(2);
            assertThat(text(manifest, "frameworkVersion"))
                    .isEqualTo(java.util.Objects.requireNonNullElse(
                            Manifest.class.getPackage().getImplementationVersion(), "development"));
            assertThat(text(manifest, "tunedSha256")).isEqualTo(sha256(saved.resolve("tuned.safetensors")));
            assertIsTheTask(manifest.getAsJsonObject("task"));
            assertThat(text(manifest, "method")).isEqualTo("PROMPT_FINE_TUNING");
            assertIsTheProduct(manifest.getAsJsonObject("product"));
            JsonArray models = manifest.getAsJsonObject("product").getAsJsonArray("models");
            assertThat(models).hasSize(1);
            assertIsTheModel(models.get(0).getAsJsonObject());
            JsonObject training = manifest.getAsJsonObject("training");
            assertThat(training.get("seed").getAsLong()).isEqualTo(7);
            assertThat(text(training.getAsJsonObject("hyperParameters"), "maxSteps"))
                    .isEqualTo("4");
            assertThat(text(training.getAsJsonObject("hyperParameters"), "learningRate"))
                    .isEqualTo("1.0E-4");
            assertThat(training.getAsJsonObject("metrics").get("dev accuracy").getAsDouble())
                    .isEqualTo(accuracy);
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, saved)) {
            loaded.save(folder.resolve("again"));
        }
        assertThat(manifest(folder.resolve("again"))).isEqualTo(manifest(saved));
        assertThat(folder.resolve("again/tuned.safetensors"))
                .hasSameBinaryContentAs(saved.resolve("tuned.safetensors"));
    }

    private static void assertIsTheTask(JsonObject task) {
        assertThat(text(task, "kind")).isEqualTo("CLASSIFICATION");
        assertThat(text(task, "name")).isEqualTo("dev.cloze.runtime.Reviews.Review");
        assertThat(text(task, "multiTokenWords")).isEqualTo("JOINT");
        assertThat(text(task, "calibration")).isEqualTo("NONE");
        assertThat(text(task, "compat")).isEqualTo("PAPER");
    }

    private static void assertIsTheProduct(JsonObject product) {
        assertThat(product.get("maxLength").getAsInt()).isEqualTo(256);
        assertThat(product.getAsJsonArray("templates")).hasSize(1);
        JsonObject template = product.getAsJsonArray("templates").get(0).getAsJsonObject();
        assertThat(text(template, "text")).isEqualTo("{text} It was {mask}.");
        JsonArray labels = template.getAsJsonArray("labels");
        assertThat(labels).hasSize(2);
        assertIsTheLabel(labels.get(0).getAsJsonObject(), "POSITIVE", List.of("great", "good"));
        assertIsTheLabel(labels.get(1).getAsJsonObject(), "NEGATIVE", List.of("terrible", "bad"));
    }

    private static void assertIsTheLabel(JsonObject label, String name, List<String> words) {
        assertThat(text(label, "name")).isEqualTo(name);
        JsonArray saved = label.getAsJsonArray("words");
        assertThat(saved).hasSameSizeAs(words);
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            for (int w = 0; w < words.size(); w++) {
                JsonObject word = saved.get(w).getAsJsonObject();
                assertThat(text(word, "text")).isEqualTo(words.get(w));
                assertThat(word.getAsJsonArray("tokenIds").getAsInt())
                        .isEqualTo(model.tokenizer().id(words.get(w)).orElseThrow());
            }
        }
    }

    private static void assertIsTheModel(JsonObject backbone) throws Exception {
        assertThat(text(backbone, "name")).isEqualTo("cloze-tiny-en");
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            Path files = model.folder().path();
            assertThat(text(backbone, "weightsHash")).isEqualTo(sha256(files.resolve("model.safetensors")));
            assertThat(text(backbone, "tokenizerHash")).isEqualTo(sha256(files.resolve("tokenizer.json")));
        }
    }

    @Test
    void theHashOfTheDataIsThatOfTheExamplesInTheirOrder() throws IOException {
        String hash = dataHash("one", EXAMPLES);
        assertThat(hash).matches("[0-9a-f]{64}").isEqualTo(dataHash("two", List.copyOf(EXAMPLES)));
        assertThat(dataHash("three", EXAMPLES.subList(0, 15))).isNotEqualTo(hash);
        assertThat(dataHash("four", List.of(EXAMPLES.get(1), EXAMPLES.get(0))))
                .isNotEqualTo(dataHash("five", EXAMPLES.subList(0, 2)));
    }

    private String dataHash(String name, List<Labeled<Review, Sentiment>> examples) throws IOException {
        Path saved = folder.resolve(name);
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.TASK)
                .quiet()
                .options(options -> options.withMaxSteps(1))
                .fit(examples)) {
            tuned.save(saved);
        }
        return text(manifest(saved).getAsJsonObject("training"), "dataHash");
    }

    private static JsonObject manifest(Path saved) throws IOException {
        return JsonParser.parseString(Files.readString(saved.resolve("manifest.json")))
                .getAsJsonObject();
    }

    private static String text(JsonObject object, String property) {
        return object.get(property).getAsString();
    }

    private static String sha256(Path file) throws IOException, GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void aFolderThatIsNotThereOrNotAPipelineIsRefused() {
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, folder.resolve("missing")))
                .hasMessageContaining("[ArchiveUnreadable]");
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, folder)).hasMessageContaining("[ArchiveUnreadable]");
    }
}
