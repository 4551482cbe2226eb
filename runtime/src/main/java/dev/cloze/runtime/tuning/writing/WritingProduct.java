package dev.cloze.runtime.tuning.writing;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.MissingHead;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.generation.TextGenerator;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.TextAnswers;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Text after a template: one model that writes, and the weights tuned from it if any. */
public final class WritingProduct implements TextProduct {

    private final LanguageModel model;
    private final CompiledTextTask task;
    private final @Nullable TextBackbone tuned;
    private final Map<String, String> settings;

    /** Takes over the model's lease and the tuned backbone. */
    public WritingProduct(LanguageModel model, CompiledTextTask task, @Nullable TextBackbone tuned) {
        this(model, task, tuned, Map.of());
    }

    /** The same with what has to be known to read it again, by name. */
    public WritingProduct(
            LanguageModel model, CompiledTextTask task, @Nullable TextBackbone tuned, Map<String, String> settings) {
        this.model = model;
        this.task = task;
        this.tuned = tuned;
        this.settings = Map.copyOf(settings);
    }

    /** The pretrained model as it is. */
    public static WritingProduct untrained(WritingTask task) {
        return LanguageModel.lend(task.tuning(), model -> {
            return new WritingProduct(model, CompiledTextTask.of(task, model), null);
        });
    }

    /** What was saved of an untrained one, or of one with tuned weights. */
    public static WritingProduct read(WritingTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            CompiledTextTask compiled = CompiledTextTask.of(task, model);
            saved.fit().accept(identity(model, compiled, Map.of()));
            return new WritingProduct(model, compiled, saved.isUntrained() ? null : tuned(model, saved));
        });
    }

    private static TextBackbone tuned(LanguageModel model, SavedProduct saved) {
        return MissingHead.required(model.textBackbone().withWeights(saved.tensors(), saved.place()), saved.place());
    }

    /** What a product of this task and model with such settings is made for. */
    public static ProductIdentity identity(LanguageModel model, CompiledTextTask task, Map<String, String> settings) {
        ProductIdentity.Template template =
                new ProductIdentity.Template(task.task().template(), List.of());
        return new ProductIdentity(List.of(template), task.maxLength(), List.of(model.identity()), settings);
    }

    @Override
    public ProductIdentity identity() {
        return identity(model, task, settings);
    }

    @Override
    public Map<String, Tensor> tensors() {
        return tuned == null ? Map.of() : tuned.tensors();
    }

    @Override
    public List<List<Generated>> write(
            List<Map<String, String>> inputs, GenerationOptions options, GenerationListener listener) {
        return write(backbone(), inputs, options, listener);
    }

    @Override
    public Optional<Sharing<TextAnswers>> sharing() {
        return SoftBackbone.sharing(model.backbone(), tuned)
                .map(asked -> new Sharing<>(model, other -> over((TextBackbone) asked.apply(other))));
    }

    private TextAnswers over(TextBackbone other) {
        return (inputs, options, listener) -> write(other, inputs, options, listener);
    }

    private List<List<Generated>> write(
            TextBackbone backbone,
            List<Map<String, String>> inputs,
            GenerationOptions options,
            GenerationListener listener) {
        GenerationListener heard =
                listener == GenerationListener.NONE ? GenerationListener.NONE : new TrimmedListener(listener);
        List<int[]> prompts =
                inputs.stream().map(input -> task.prompt(input).ids()).toList();
        return TextGenerator.generate(
                        backbone, model.tokenizer(), model.textEnds(), prompts, Injection.NONE, options, heard)
                .stream()
                .map(WritingProduct::trimmed)
                .toList();
    }

    /** Without the space that joins a text to its prompt. */
    private static List<Generated> trimmed(List<Generated> texts) {
        return texts.stream()
                .map(text ->
                        new Generated(text.text().stripLeading(), text.ids(), text.logProbability(), text.reason()))
                .toList();
    }

    @Override
    public Likelihood likelihood(List<ValuePair> pairs) {
        List<EncodedPair> encoded = pairs.stream().map(task::pair).toList();
        TargetLikelihood likelihood =
                new TargetLikelihood(encoded.stream().map(EncodedPair::row).toList());
        return new Likelihood(
                likelihood.loss(backbone()),
                likelihood.tokens(),
                encoded.stream().filter(EncodedPair::cut).count());
    }

    private TextBackbone backbone() {
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
