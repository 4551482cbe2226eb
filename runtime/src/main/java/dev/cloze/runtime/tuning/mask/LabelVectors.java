package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.Verbalizer.VectorStart;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.loop.LabelRate;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import java.util.Arrays;
import java.util.List;

/** The training of a vector for each label, see {@link VectorVerbalization}: ten times as fast as a model that is tuned with it. */
final class LabelVectors implements VerbalizerTraining {

    private static final double FASTER = 10;

    private final CompiledTask task;
    private final LoadedWeights loaded;
    private final NDArray vectors;
    private final WeightGroup group;

    private LabelVectors(CompiledTask task, TrainingOptions options, int hiddenSize, int width, LoadedWeights loaded) {
        this.task = task;
        this.loaded = loaded;
        int labels = task.task().labels().size();
        this.vectors = loaded.each(List.of(WeightSlot.of(SavedVerbalizer.VECTORS, "", labels, width)))
                .get(0);
        this.group = VerbalizerRates.group(loaded.bySlot(), options, FASTER * LabelRate.of(hiddenSize));
    }

    /** Vectors that start as the options say; the caller closes them. */
    static LabelVectors of(LanguageModel model, CompiledTask task, TrainingOptions options) {
        Backbone backbone = model.backbone();
        VectorStarts starts = new VectorStarts(backbone, task.verbalizer());
        float[][] start = options.get(VerbalizerOptions.VECTOR_START) == VectorStart.RANDOM
                ? starts.random(options.seed())
                : starts.ofWords(options.compat() == Compat.REFERENCE);
        WeightSource source = (memory, slot) -> memory.create(start);
        return LoadedWeights.load(
                backbone.device(),
                source.trainable(),
                loaded -> new LabelVectors(task, options, backbone.shape().hiddenSize(), start[0].length, loaded));
    }

    @Override
    public int masks() {
        return 1;
    }

    @Override
    public List<WeightGroup> groups() {
        return List.of(group);
    }

    @Override
    public Objective.Plan objective(ExampleTexts texts, MaskTargets targets) {
        return LabelObjective.by(
                (backbone, kernel) -> new VectorScores(backbone, kernel, MaskRows.of(texts), vectors), targets);
    }

    @Override
    public Verbalization present() {
        Shape shape = vectors.getShape();
        int width = (int) shape.get(1);
        float[] flat = NativeMemory.floats(vectors);
        float[][] rows = new float[(int) shape.get(0)][];
        Arrays.setAll(rows, label -> Arrays.copyOfRange(flat, label * width, (label + 1) * width));
        return new VectorVerbalization(SavedVerbalizer.names(task), rows);
    }

    @Override
    public Verbalization finished(InputEncoding encoding, Backbone tuned) {
        return present();
    }

    @Override
    public void close() {
        loaded.close();
    }
}
