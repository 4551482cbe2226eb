package dev.cloze.runtime.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.model.ModelIdentity;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.ProductIdentity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private final Manifest saved = Manifests.manifest();
    private final Manifest.Task task = saved.task();

    @Test
    void theSameTaskOnTheSameModelFitsHoweverItWasTrained() {
        var sameWords = List.of(Manifests.LABELS.get(1), Manifests.LABELS.get(0));
        var renamed = new Manifest.Task(TaskKind.CLASSIFICATION, "org.example.Moved", "JOINT", "NONE", "REFERENCE", 0);
        var samePath = new ModelIdentity("/models/cloze-tiny-en", "a".repeat(64), "b".repeat(64));
        var product = Manifests.product(Manifests.TEMPLATE, sameWords, 128, samePath);
        assertThat(saved.differences(saved)).isEmpty();
        assertThat(saved.differences(
                        Manifest.of(renamed, TuningMethod.PROMPT_FINE_TUNING, product, TrainingRecord.NONE)))
                .isEmpty();
    }

    @Test
    void everyChangeOfTheTaskIsSpelledOut() {
        var labels = List.of(Manifests.label("POSITIVE", "good", 2204), Manifests.label("NEUTRAL", "okay", 3100));
        var changed = new Manifest.Task(TaskKind.CLASSIFICATION, task.name(), "FIRST", "PMI", "REFERENCE", 0);
        var product = Manifests.product("{body} {mask}", labels, 64, Manifests.MODEL);
        assertThat(saved.differences(Manifests.with(changed, product)))
                .containsExactly(
                        "template: saved with \"" + Manifests.TEMPLATE + "\", now \"{body} {mask}\"",
                        "label POSITIVE: saved with \"great\", now \"good\"",
                        "label NEGATIVE: saved with it, now it is not there",
                        "label NEUTRAL: saved without it",
                        "words of several tokens: saved with JOINT, now FIRST",
                        "calibration: saved with NONE, now PMI",
                        "maximum length: saved with 128 tokens, now 64 tokens");
    }

    @Test
    void whomAContextualCalibrationFollowsMustBeTheSame() {
        Manifest paper = Manifests.with(Manifests.task("CONTEXTUAL", "PAPER"), Manifests.product());
        Manifest reference = Manifests.with(Manifests.task("CONTEXTUAL", "REFERENCE"), Manifests.product());
        assertThat(paper.differences(paper)).isEmpty();
        assertThat(paper.differences(reference))
                .containsExactly("compat of the calibration: saved with PAPER, now REFERENCE");
    }

    @Test
    void otherTokensOfTheSameWordAreADifference() {
        var labels = List.of(Manifests.label("POSITIVE", "great", 11, 12), Manifests.LABELS.get(1));
        var product = Manifests.product(Manifests.TEMPLATE, labels, 128, Manifests.MODEL);
        assertThat(saved.differences(Manifests.with(task, product)))
                .containsExactly(
                        "label POSITIVE: saved with \"great\" as tokens [2307], now \"great\" as tokens [11, 12]");
    }

    @Test
    void anotherModelIsNamedWithItsHash() {
        var other = new ModelIdentity("bert-base-uncased", "d".repeat(64), "b".repeat(64));
        var product = Manifests.product(Manifests.TEMPLATE, Manifests.LABELS, 128, other);
        assertThat(saved.differences(Manifests.with(task, product)))
                .containsExactly("weights of the model: saved with \"cloze-tiny-en\" (sha256 aaaaaaaaaaaa...), "
                        + "now \"bert-base-uncased\" (sha256 dddddddddddd...)");
    }

    @Test
    void aModelOfAnotherRevisionIsNamedWithItsCommit() {
        var before = new ModelIdentity("org/tiny@v1.0", "a".repeat(64), "b".repeat(64), "c".repeat(40));
        var now = new ModelIdentity("org/tiny@v2.0", "d".repeat(64), "b".repeat(64), "e".repeat(40));
        Manifest pinned = Manifests.with(task, Manifests.product(Manifests.TEMPLATE, Manifests.LABELS, 128, before));
        assertThat(pinned.differences(
                        Manifests.with(task, Manifests.product(Manifests.TEMPLATE, Manifests.LABELS, 128, now))))
                .containsExactly(
                        "weights of the model: saved with \"org/tiny@v1.0\" (commit cccccccccccc..., sha256 aaaaaaaaaaaa...), "
                                + "now \"org/tiny@v2.0\" (commit eeeeeeeeeeee..., sha256 dddddddddddd...)");
    }

    @Test
    void moreModelsTemplatesAndSettingsAreDifferences() {
        var two = new ProductIdentity(
                List.of(
                        saved.product().templates().get(0),
                        saved.product().templates().get(0)),
                128,
                List.of(Manifests.MODEL, Manifests.MODEL),
                Map.of("shares", "0.5"));
        assertThat(saved.differences(Manifests.with(task, two)))
                .containsExactly(
                        "number of templates: saved with 1, now 2",
                        "settings: saved with {}, now {shares=0.5}",
                        "number of models: saved with 1, now 2");
    }

    @Test
    void aMetricWithoutValueIsLeftOut() {
        var training = new TrainingRecord(1, Map.of(), "", Map.of("mcc", Double.NaN, "accuracy", 0.5));
        assertThat(training.metrics()).containsExactly(Map.entry("accuracy", 0.5));
    }
}
