package dev.cloze.runtime.tuning.setfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.SavedSettings;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.head.HeadReading;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the vectors are that the classifier learns from: as the sentence encoder's own library has them. */
class SetFitVectorsTest {

    private static final String NORMALIZED =
            "[{\"type\": \"sentence_transformers.models.Transformer\"}, {\"type\": \"sentence_transformers.models.Normalize\"}]";

    private static final Comparator<Double> CLOSE =
            (one, other) -> Math.abs(one - other) < 1e-6 ? 0 : Double.compare(one, other);

    @TempDir
    private Path folder;

    @Test
    void anArchiveAnswersByVectorsAsItsClassifierLearnedThem() throws IOException {
        Path model = TinyModels.withoutDropout("cloze-tiny-en", folder.resolve("model"));
        Path asIs = saved(model, "as-is");
        Files.writeString(model.resolve("modules.json"), NORMALIZED);
        Path unit = saved(model, "unit");

        assertThat(Files.readString(asIs.resolve("manifest.json"))).doesNotContain("\"vectors\"");
        assertThat(Files.readString(unit.resolve("manifest.json"))).contains("\"vectors\": \"UNIT\"");
        assertThat(answers(unit, model)).isNotEqualTo(answers(asIs, model));
        Files.delete(model.resolve("modules.json"));
        assertThat(answers(unit, model)).as("whatever the folder says by now").isNotEqualTo(answers(asIs, model));
    }

    @Test
    void aSettingOfALaterVersionIsNamed() throws IOException {
        Path model = TinyModels.withoutDropout("cloze-tiny-en", folder.resolve("model"));
        Files.writeString(model.resolve("modules.json"), NORMALIZED);
        Path archive = saved(model, "later");
        Path manifest = archive.resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"vectors\": \"UNIT\"", "\"vectors\": \"DOT\""));
        assertThatThrownBy(() -> answers(archive, model))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ARCHIVE_UNREADABLE))
                .hasMessageContaining("its setting \"vectors\" is DOT, which this version doesn't know");
    }

    private Path saved(Path model, String name) {
        Path archive = folder.resolve(name);
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(reviews(model))
                .quiet()
                .options(options -> options.withMaxSteps(2))
                .fit(Reviews.examples().subList(0, 8))) {
            tuned.save(archive);
            assertThat(answers(archive, model)).isEqualTo(answers(tuned));
        }
        return archive;
    }

    private static List<Double> answers(Path archive, Path model) {
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(reviews(model), archive)) {
            return answers(loaded);
        }
    }

    private static List<Double> answers(PromptPipeline<Review, Sentiment> pipeline) {
        return Reviews.examples().stream()
                .map(example -> pipeline.predict(example.input()).probability())
                .toList();
    }

    private static ClassificationTask<Review, Sentiment> reviews(Path model) {
        return Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.SETFIT, model.toString()))
                .build();
    }

    /** By switches, as published folders have it: the first token's state in training, and in what was saved. */
    @Test
    void aModelWhoseLibraryTakesTheFirstTokenIsTunedAndAnswersByIt() throws IOException {
        Path model = TinyModels.withoutDropout("cloze-tiny-en", folder.resolve("model"));
        Path mean = saved(model, "mean");
        Files.writeString(
                model.resolve("modules.json"),
                "[{\"type\": \"sentence_transformers.models.Transformer\"}, {\"type\": \"sentence_transformers.models.Pooling\"}]");
        Path pooling = Files.createDirectory(model.resolve("1_Pooling")).resolve("config.json");
        Files.writeString(pooling, "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
        Path first = saved(model, "first");

        assertThat(Files.readString(mean.resolve("manifest.json"))).doesNotContain("\"states\"");
        assertThat(Files.readString(first.resolve("manifest.json"))).contains("\"states\": \"PLACES\"");
        List<Double> said = answers(first, model);
        assertThat(said).isNotEqualTo(answers(mean, model));
        Files.delete(pooling);
        assertThat(answers(first, model)).as("whatever the folder says by now").isEqualTo(said);
    }

    /** As it was saved when decoders' texts did not end. */
    @Test
    void aDecoderOfBeforeAnswersByTextsThatDoNotEnd() throws IOException {
        Path model = TinyModels.decoder(folder.resolve("model"), 64, List.of());
        Path archive = saved(model, "decoder");
        List<Double> said = answers(archive, model);
        assertThat(SavedSettings.of(archive).get("ends").getAsString()).isEqualTo("true");
        SavedSettings.change(archive, settings -> settings.remove("ends"));
        List<Double> before = answers(archive, model);
        assertThat(before).isNotEqualTo(said);
        assertThat(before).usingElementComparator(CLOSE).isEqualTo(answersOfTextsThatDoNotEnd(archive, model));
    }

    private static List<Double> answersOfTextsThatDoNotEnd(Path archive, Path folder) {
        LabelTask task = LabelTask.of(reviews(folder));
        try (Checkpoint weights = Checkpoint.openFile(archive.resolve("tuned.safetensors"));
                LanguageModel model = LanguageModel.open(folder.toString());
                SetFitProduct product = SetFitProduct.read(
                        model.shared(),
                        HeadReading.of(task, model, StatePooling.MEAN),
                        new SavedProduct(
                                weights,
                                Map.of(
                                        LabelOrder.TEXTS,
                                        LabelOrder.of(task.labels()).names()),
                                Map.of(),
                                "that file",
                                identity -> {}))) {
            return Reviews.examples().stream()
                    .map(example -> product.answer(
                                    List.of(Map.of("text", example.input().text())))
                            .get(0))
                    .map(answer -> Math.exp(Math.max(answer.scores()[0], answer.scores()[1])))
                    .toList();
        }
    }

    @Test
    void aListOfModulesThatIsCutShortIsToldSo() throws IOException {
        Path model = TinyModels.withoutDropout("cloze-tiny-en", folder.resolve("model"));
        Files.writeString(model.resolve("modules.json"), NORMALIZED.substring(0, 20));
        assertThatThrownBy(() -> saved(model, "none"))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MODEL_CONFIG))
                .hasMessageContaining("modules.json");
    }
}
