package dev.cloze.runtime.archive;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ShortText;
import dev.cloze.runtime.model.ModelIdentity;
import dev.cloze.runtime.tuning.ProductIdentity;
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
        compareTemplates();
        if (saved.task().kind() != TaskKind.TEXT) {
            compare(
                    "words of several tokens",
                    saved.task().multiTokenWords(),
                    present.task().multiTokenWords());
            compareCalibration();
        }
        compare(
                "maximum length",
                saved.product().maxLength() + " tokens",
                present.product().maxLength() + " tokens");
        compare(
                "settings",
                saved.product().settings().toString(),
                present.product().settings().toString());
        compareModels();
        return List.copyOf(differences);
    }

    private void compareTemplates() {
        List<ProductIdentity.Template> before = saved.product().templates();
        List<ProductIdentity.Template> now = present.product().templates();
        compare("number of templates", before.size() + "", now.size() + "");
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            compare("template", quoted(before.get(i).text()), quoted(now.get(i).text()));
            compareLabels(before.get(i).labels(), now.get(i).labels());
        }
    }

    private void compareModels() {
        List<ModelIdentity> before = saved.product().models();
        List<ModelIdentity> now = present.product().models();
        compare("number of models", before.size() + "", now.size() + "");
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            compareHashes(
                    "weights of the model",
                    before.get(i),
                    now.get(i),
                    before.get(i).weightsHash(),
                    now.get(i).weightsHash());
            compareHashes(
                    "tokenizer of the model",
                    before.get(i),
                    now.get(i),
                    before.get(i).tokenizerHash(),
                    now.get(i).tokenizerHash());
        }
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

    private void compare(String what, String before, String now) {
        if (!before.equals(now)) {
            differences.add(what + ": saved with " + before + ", now " + now);
        }
    }

    private void compareHashes(
            String what, ModelIdentity modelBefore, ModelIdentity modelNow, String before, String now) {
        // The names alone prove nothing: one model has many, and many models have had one.
        if (!before.equals(now)) {
            differences.add(what + ": saved with " + shown(modelBefore, before) + ", now " + shown(modelNow, now));
        }
    }

    private static String shown(ModelIdentity model, String hash) {
        String commit = model.commit() == null ? "" : "commit " + shortened(model.commit()) + ", ";
        return quoted(model.name()) + " (" + commit + "sha256 " + shortened(hash) + ")";
    }

    private void compareLabels(List<ProductIdentity.Label> labelsBefore, List<ProductIdentity.Label> labelsNow) {
        Map<String, ProductIdentity.Label> before = byName(labelsBefore);
        Map<String, ProductIdentity.Label> now = byName(labelsNow);
        before.forEach((name, label) -> {
            ProductIdentity.Label other = now.get(name);
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
    private static String words(ProductIdentity.Label label, ProductIdentity.Label other) {
        boolean sameTexts = texts(label).equals(texts(other));
        return label.words().stream()
                .map(word -> quoted(word.text()) + (sameTexts ? " as tokens " + word.tokenIds() : ""))
                .collect(Collectors.joining(", "));
    }

    private static List<String> texts(ProductIdentity.Label label) {
        return label.words().stream().map(ProductIdentity.Word::text).toList();
    }

    private static Map<String, ProductIdentity.Label> byName(List<ProductIdentity.Label> labels) {
        Map<String, ProductIdentity.Label> byName = new LinkedHashMap<>();
        labels.forEach(label -> byName.put(label.name(), label));
        return byName;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String shortened(String hash) {
        return ShortText.of(hash, 12);
    }
}
