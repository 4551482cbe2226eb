package dev.cloze.runtime.text;

import dev.cloze.runtime.archive.Manifest.Training;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TextTask;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pipeline holds: the shared model, and the weights tuned from it if any. */
public final class TextSession<I> implements AutoCloseable {

    private static final Training UNTRAINED = new Training(0, Map.of(), "", Map.of());

    private final LanguageModel model;
    private final CompiledTextTask<I> compiled;
    private final @Nullable TextBackbone tuned;
    private final Training training;

    /** Takes over the model's lease and the tuned backbone. */
    TextSession(LanguageModel model, CompiledTextTask<I> compiled, @Nullable TextBackbone tuned, Training training) {
        this.model = model;
        this.compiled = compiled;
        this.tuned = tuned;
        this.training = training;
    }

    /** The pretrained model as it is. */
    public static <I> TextSession<I> pretrained(TextTask<I> task) {
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            return new TextSession<>(model, CompiledTextTask.of(task, model), null, UNTRAINED);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** The shared model. */
    LanguageModel model() {
        return model;
    }

    /** The task against that model. */
    public CompiledTextTask<I> compiled() {
        return compiled;
    }

    /** The tuned weights, or null where the model is as it was pretrained. */
    @Nullable
    TextBackbone tuned() {
        return tuned;
    }

    /** How it was tuned; empty where it was not. */
    Training training() {
        return training;
    }

    /** What writes. */
    TextBackbone backbone() {
        return tuned == null ? model.textBackbone() : tuned;
    }

    @Override
    public void close() {
        if (tuned != null) {
            tuned.close();
        }
        model.close();
    }
}
