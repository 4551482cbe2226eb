package dev.cloze.runtime.archive;

import dev.cloze.annotations.Calibration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Spells out in what a saved pipeline and the present one differ. */
final class ManifestComparison {

    private final Manifest saved;
    private final Manifest present;
    private final List<String> differences = new ArrayList<>();

    ManifestComparison(Manifest saved, Manifest present) {
        this.saved = saved;
        this.present = present;
    }

    List<String> differences() {
        compare(
                "template",
                quoted(saved.task().template()),
                quoted(present.task().template()));
        compare("kind of task", kind(saved), kind(present));
        if (saved.task().kind() == present.task().kind()) {
            compareLabels();
            compare(
                    "words of several tokens",
                    saved.task().multiTokenWords(),
                    present.task().multiTokenWords());
            compareCalibration();
        }
        compare("tuning method", saved.task().method(), present.task().method());
        compare(
                "maximum length",
                saved.task().maxLength() + " tokens",
                present.task().maxLength() + " tokens");
        Manifest.Backbone before = saved.backbone();
        Manifest.Backbone now = present.backbone();
        compareHashes("weights of the model", before.weightsHash(), now.weightsHash());
        compareHashes("tokenizer of the model", before.tokenizerHash(), now.tokenizerHash());
        return List.copyOf(differences);
    }

    private void compareCalibration() {
        String before = saved.task().calibration();
        String now = present.task().calibration();
        compare("calibration", before, now);
        // No other calibration, and nothing else that predicts, asks whom to follow.
        if (before.equals(Calibration.CONTEXTUAL.name()) && now.equals(before)) {
            compare(
                    "compat of the calibration",
                    saved.task().compat(),
                    present.task().compat());
        }
    }

    private static String kind(Manifest manifest) {
        return manifest.task().kind() == Manifest.Kind.TEXT ? "generation of text" : "classification";
    }

    private void compare(String what, String before, String now) {
        if (!before.equals(now)) {
            differences.add(what + ": saved with " + before + ", now " + now);
        }
    }

    private void compareHashes(String what, String before, String now) {
        // The names alone prove nothing: one model has many, and many models have had one.
        if (!before.equals(now)) {
            differences.add(what + ": saved with \"" + saved.backbone().name() + "\" (sha256 " + shortened(before)
                    + "), now \"" + present.backbone().name() + "\" (sha256 " + shortened(now) + ")");
        }
    }

    private void compareLabels() {
        Map<String, Manifest.Label> before = byName(saved.task().labels());
        Map<String, Manifest.Label> now = byName(present.task().labels());
        before.forEach((name, label) -> {
            Manifest.Label other = now.get(name);
            if (other == null) {
                differences.add("label " + name + ": saved with it, now it is not there");
            } else {
                compare("label " + name, words(label, other), words(other, label));
            }
        });
        now.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .forEach(name -> differences.add("label " + name + ": saved without it"));
    }

    /** The words, with their tokens where the words alone would not show the difference. */
    private static String words(Manifest.Label label, Manifest.Label other) {
        boolean sameTexts = texts(label).equals(texts(other));
        return label.words().stream()
                .map(word -> quoted(word.text()) + (sameTexts ? " as tokens " + word.tokenIds() : ""))
                .collect(Collectors.joining(", "));
    }

    private static List<String> texts(Manifest.Label label) {
        return label.words().stream().map(Manifest.Word::text).toList();
    }

    private static Map<String, Manifest.Label> byName(List<Manifest.Label> labels) {
        Map<String, Manifest.Label> byName = new LinkedHashMap<>();
        labels.forEach(label -> byName.put(label.name(), label));
        return byName;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String shortened(String hash) {
        return hash.length() > 12 ? hash.substring(0, 12) + "..." : hash;
    }
}
