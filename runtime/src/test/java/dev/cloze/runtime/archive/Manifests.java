package dev.cloze.runtime.archive;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.model.ModelIdentity;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.ProductIdentity.Label;
import dev.cloze.runtime.tuning.ProductIdentity.Template;
import dev.cloze.runtime.tuning.ProductIdentity.Word;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A manifest to start from. */
final class Manifests {

    static final ModelIdentity MODEL = new ModelIdentity("cloze-tiny-en", "a".repeat(64), "b".repeat(64));
    static final TrainingRecord TRAINING =
            new TrainingRecord(42, Map.of("learningRate", "1.0E-5"), "c".repeat(64), Map.of("accuracy", 0.875));
    static final String TEMPLATE = "{title} {body} It was <{mask}> & \"good\".";
    static final List<Label> LABELS = List.of(label("POSITIVE", "great", 2307), label("NEGATIVE", "terrible", 6659));

    private Manifests() {}

    static Manifest.Task task() {
        return task("NONE", "PAPER");
    }

    static Manifest.Task task(String calibration, String compat) {
        return new Manifest.Task(TaskKind.CLASSIFICATION, "org.example.Review", "JOINT", calibration, compat, 0);
    }

    static ProductIdentity product() {
        return product(TEMPLATE, LABELS, 128, MODEL);
    }

    static ProductIdentity product(String template, List<Label> labels, int maxLength, ModelIdentity... models) {
        return new ProductIdentity(List.of(new Template(template, labels)), maxLength, List.of(models), Map.of());
    }

    static Label label(String name, String word, int... tokens) {
        return new Label(
                name, List.of(new Word(word, Arrays.stream(tokens).boxed().toList())));
    }

    static Manifest manifest() {
        return with(task(), product());
    }

    static Manifest with(Manifest.Task task, ProductIdentity product) {
        return Manifest.of(task, TuningMethod.PROMPT_FINE_TUNING, product, TRAINING);
    }
}
