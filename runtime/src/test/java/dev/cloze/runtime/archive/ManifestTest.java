package dev.cloze.runtime.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private final Manifest saved = Manifests.manifest();
    private final Manifest.Task task = saved.task();

    @Test
    void theSameTaskOnTheSameModelFitsHoweverItWasTrained() {
        var training = new Manifest.Training(7, Map.of(), "", Map.of());
        var sameWords = List.of(task.labels().get(1), task.labels().get(0));
        var renamed = new Manifest.Task(
                "org.example.Moved",
                task.template(),
                sameWords,
                task.multiTokenWords(),
                task.calibration(),
                "REFERENCE",
                task.method(),
                128);
        var samePath = new Manifest.Backbone("/models/cloze-tiny-en", "a".repeat(64), "b".repeat(64));
        assertThat(saved.differences(saved)).isEmpty();
        assertThat(saved.differences(Manifest.of(renamed, samePath, training))).isEmpty();
    }

    @Test
    void everyChangeOfTheTaskIsSpelledOut() {
        var labels = List.of(Manifests.label("POSITIVE", "good", 2204), Manifests.label("NEUTRAL", "okay", 3100));
        var changed =
                new Manifest.Task(task.name(), "{body} {mask}", labels, "FIRST", "PMI", "REFERENCE", "P_TUNING", 64);
        assertThat(saved.differences(Manifests.with(changed)))
                .containsExactly(
                        "template: saved with \"" + task.template() + "\", now \"{body} {mask}\"",
                        "label POSITIVE: saved with \"great\", now \"good\"",
                        "label NEGATIVE: saved with it, now it is not there",
                        "label NEUTRAL: saved without it",
                        "words of several tokens: saved with JOINT, now FIRST",
                        "calibration: saved with NONE, now PMI",
                        "tuning method: saved with PROMPT_FINE_TUNING, now P_TUNING",
                        "maximum length: saved with 128 tokens, now 64 tokens");
    }

    @Test
    void whomAContextualCalibrationFollowsMustBeTheSame() {
        Manifest paper = Manifests.with(contextual("PAPER"));
        Manifest reference = Manifests.with(contextual("REFERENCE"));
        assertThat(paper.differences(paper)).isEmpty();
        assertThat(paper.differences(reference))
                .containsExactly("compat of the calibration: saved with PAPER, now REFERENCE");
    }

    private Manifest.Task contextual(String compat) {
        return new Manifest.Task(
                task.name(), task.template(), task.labels(), "JOINT", "CONTEXTUAL", compat, task.method(), 128);
    }

    @Test
    void otherTokensOfTheSameWordAreADifference() {
        var labels = List.of(
                Manifests.label("POSITIVE", "great", 11, 12), task.labels().get(1));
        var changed =
                new Manifest.Task(task.name(), task.template(), labels, "JOINT", "NONE", "PAPER", task.method(), 128);
        assertThat(saved.differences(Manifests.with(changed)))
                .containsExactly(
                        "label POSITIVE: saved with \"great\" as tokens [2307], now \"great\" as tokens [11, 12]");
    }

    @Test
    void anotherModelIsNamedWithItsHash() {
        var other = new Manifest.Backbone("bert-base-uncased", "d".repeat(64), "b".repeat(64));
        assertThat(saved.differences(Manifest.of(task, other, Manifests.TRAINING)))
                .containsExactly("weights of the model: saved with \"cloze-tiny-en\" (sha256 aaaaaaaaaaaa...), "
                        + "now \"bert-base-uncased\" (sha256 dddddddddddd...)");
    }

    @Test
    void aMetricWithoutValueIsLeftOut() {
        var training = new Manifest.Training(1, Map.of(), "", Map.of("mcc", Double.NaN, "accuracy", 0.5));
        assertThat(training.metrics()).containsExactly(Map.entry("accuracy", 0.5));
    }
}
