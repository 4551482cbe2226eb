package dev.cloze.runtime.archive;

import java.util.List;
import java.util.Map;

/** A manifest to start from. */
final class Manifests {

    static final Manifest.Backbone BACKBONE = new Manifest.Backbone("cloze-tiny-en", "a".repeat(64), "b".repeat(64));
    static final Manifest.Training TRAINING =
            new Manifest.Training(42, Map.of("learningRate", "1.0E-5"), "c".repeat(64), Map.of("accuracy", 0.875));

    private Manifests() {}

    static Manifest.Task task() {
        return new Manifest.Task(
                "org.example.Review",
                "{title} {body} It was <{mask}> & \"good\".",
                List.of(label("POSITIVE", "great", 2307), label("NEGATIVE", "terrible", 6659)),
                "JOINT",
                "NONE",
                "PAPER",
                "PROMPT_FINE_TUNING",
                128);
    }

    static Manifest.Label label(String name, String word, int... tokens) {
        return new Manifest.Label(
                name,
                List.of(new Manifest.Word(
                        word, java.util.Arrays.stream(tokens).boxed().toList())));
    }

    static Manifest manifest() {
        return Manifest.of(task(), BACKBONE, TRAINING);
    }

    static Manifest with(Manifest.Task task) {
        return Manifest.of(task, BACKBONE, TRAINING);
    }
}
