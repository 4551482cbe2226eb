package dev.cloze.runtime.serving;

import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.backbone.joint.JointBackbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.Sharing;
import org.jspecify.annotations.Nullable;

/**
 * The model that all tasks of an engine share, and the lanes before it: one for labels and numbers, and one for texts, which
 * take longer.
 */
final class SharedModel implements AutoCloseable {

    private final LanguageModel model;
    private final EngineSettings settings;
    private final JointBackbone labels;
    private final JointBackbone texts;
    private @Nullable Lane labelLane;
    private @Nullable Lane textLane;

    /** One more lease of the model, which is given back with this. */
    SharedModel(LanguageModel model, EngineSettings settings) {
        this.model = model.shared();
        this.settings = settings;
        this.labels = JointBackbone.over(model.backbone());
        this.texts = JointBackbone.over(model.backbone());
    }

    LanguageModel model() {
        return model;
    }

    /** What answers with labels or numbers beside the others. */
    <A> A overLabels(Sharing<A> sharing) {
        return sharing.over().apply(labels);
    }

    /** What writes texts beside the others. */
    <A> A overTexts(Sharing<A> sharing) {
        return sharing.over().apply(texts);
    }

    synchronized Lane labelLane() {
        Lane lane = labelLane;
        if (lane == null) {
            lane = new Lane("labels", settings.rows(), false, labels.meeting());
            labelLane = lane;
        }
        return lane;
    }

    synchronized Lane textLane() {
        Lane lane = textLane;
        if (lane == null) {
            lane = new Lane("texts", settings.rows(), false, texts.meeting());
            textLane = lane;
        }
        return lane;
    }

    synchronized EngineStatus status(int tasks) {
        EngineStatus status = new EngineStatus(tasks, 0, 0, 0, 0, 0);
        if (labelLane != null) {
            status = labelLane.status(status, labels.passes());
        }
        return textLane == null ? status : textLane.status(status, texts.passes());
    }

    @Override
    public synchronized void close() {
        if (labelLane != null) {
            labelLane.close();
        }
        if (textLane != null) {
            textLane.close();
        }
        model.close();
    }
}
