package dev.cloze.runtime.workbench;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.classification.MaskFiller;
import dev.cloze.runtime.classification.MaskReader;
import dev.cloze.runtime.classification.MaskReading;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A model on which templates and label words are tried that no task has yet. One thread asks it, and a few wait: whoever types
 * wants the last answer and not all.
 */
public final class Workbench implements AutoCloseable {

    /** Tasks that stay open: as many as stand side by side on the page, twice. */
    private static final int OPEN = 8;

    /** Questions that wait at most. */
    private static final int WAITING = 64;

    private static final Path REQUEST = Path.of("request");

    private final String model;
    private final MaskFiller filler;
    private final MaskReader reader;
    private final OneByOne queue;
    private final Map<SpokenTask, PromptPipeline<DataRow, String>> open = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Opens a model by its name or folder.
     *
     * @param deadline how long an answer may take
     */
    public Workbench(String model, Duration deadline) {
        this.model = model;
        this.filler = MaskFiller.open(model);
        this.reader = new MaskReader(filler);
        this.queue = new OneByOne(WAITING, deadline);
    }

    /** What to try, asked of this model without training. */
    SpokenTask task(String template, Map<String, List<String>> labels) {
        return new SpokenTask(
                List.of(template),
                labels,
                model,
                TuningMethod.PROMPT_FINE_TUNING,
                MultiTokenWords.JOINT,
                Calibration.NONE,
                Map.of());
    }

    /** Does work with the model when its turn comes. */
    <T> CompletableFuture<T> ask(Supplier<T> work) {
        return queue.ask(work);
    }

    /** The labels of inputs; only inside {@link #ask}. */
    List<Prediction<String>> predict(SpokenTask task, List<DataRow> inputs) {
        PromptPipeline<DataRow, String> pipeline = open.get(task);
        if (pipeline == null) {
            pipeline = PromptPipeline.zeroShot(task.declared());
            open.put(task, pipeline);
            closeEldest();
        }
        return pipeline.predict(inputs);
    }

    private void closeEldest() {
        Iterator<PromptPipeline<DataRow, String>> eldest = open.values().iterator();
        while (open.size() > OPEN) {
            eldest.next().close();
            eldest.remove();
        }
    }

    /** A template as the model reads it; only inside {@link #ask}. */
    MaskReading read(String template, Map<String, String> values, int top) {
        return reader.read(template, values, Math.min(top, filler.vocabularySize()));
    }

    /** What the model expects at the mask of a text without placeholders; only inside {@link #ask}. */
    List<MaskFiller.Filling> fill(String text, int top) {
        return filler.fill(text, Math.min(top, filler.vocabularySize()));
    }

    /** The model's tokenizer. */
    Tokenizer tokenizer() {
        return filler.model().tokenizer();
    }

    /** The model's name. */
    String model() {
        return model;
    }

    /** An input with these texts, with an empty one for each column of the task that has none; only it matters what they are. */
    static DataRow row(SpokenTask task, Map<String, String> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        task.columns().forEach(column -> values.put(column, texts.getOrDefault(column, "")));
        return new DataRow(REQUEST, 1, values);
    }

    @Override
    public void close() {
        queue.close();
        open.values().forEach(PromptPipeline::close);
        filler.close();
    }
}
