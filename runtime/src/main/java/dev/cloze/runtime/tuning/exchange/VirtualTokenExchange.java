package dev.cloze.runtime.tuning.exchange;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.PeftConfig;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelIdentity;
import dev.cloze.runtime.model.TaskTemplate;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.ensemble.EnsembleProduct;
import dev.cloze.runtime.tuning.soft.SoftSettings;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Virtual tokens before the input, to and from PEFT. */
public final class VirtualTokenExchange {

    private VirtualTokenExchange() {}

    /** An adapter as a product that was saved, see {@link dev.cloze.runtime.tuning.AdapterStrategy#saved}. */
    public static SavedProduct saved(Adapter adapter, TuningMethod method) {
        Map<String, Tensor> tensors = Map.of(VirtualTokens.NAME, adapter.vectors());
        return new SavedProduct(
                Checkpoint.of(adapter.place(), tensors),
                Map.of(),
                new SoftSettings(adapter.config().length(), false).values(),
                adapter.place().toString(),
                present -> requireFit(adapter, present, method));
    }

    private static void requireFit(Adapter adapter, ProductIdentity present, TuningMethod method) {
        String model = present.models().get(0).name();
        requireModel(adapter, present.models().get(0));
        for (ProductIdentity.Template template : present.templates()) {
            if (virtual(template.text(), method) > 0) {
                throw AdapterBase.mismatch(
                        adapter,
                        model,
                        "Its " + adapter.config().length()
                                + " virtual tokens stand before all others, and the template has some"
                                + " of its own: \"" + template.text() + "\". Take {soft} out of it.");
            }
        }
    }

    private static void requireSize(Adapter adapter, String name) {
        try (LanguageModel model = LanguageModel.openAny(name)) {
            int size = model.backbone().shape().embeddingSize();
            if (adapter.config().tokenDim() != size) {
                throw AdapterBase.mismatch(
                        adapter,
                        name,
                        "Its virtual tokens have " + adapter.config().tokenDim()
                                + " numbers each, and this model's word embeddings have " + size + ".");
            }
        }
    }

    private static long virtual(String template, TuningMethod method) {
        return TaskTemplate.parse(template, method).stream()
                .filter(TemplatePart.Soft.class::isInstance)
                .count();
    }

    /** A product as an adapter, see {@link dev.cloze.runtime.tuning.AdapterStrategy#adapter}. */
    public static Adapter adapter(
            PeftType type, TuningMethod method, ProductIdentity identity, Map<String, Tensor> tensors) {
        String name = identity.models().get(0).name();
        if (EnsembleProduct.isOf(identity)) {
            throw unsupported("It is of several prompts that answer together, and an adapter is one."
                    + "\n  Train it with prompts = 1, or one pipeline for each prompt.");
        }
        if (tensors.size() != 1 || !tensors.containsKey(VirtualTokens.NAME)) {
            throw unsupported("The model's weights were tuned with the virtual tokens, and PEFT keeps these alone."
                    + "\n  Train it with @Tuning(freezeBackbone = true).");
        }
        Tensor vectors = Objects.requireNonNull(tensors.get(VirtualTokens.NAME));
        int length = (int) vectors.shape()[0];
        try (LanguageModel model = LanguageModel.openAny(name)) {
            AdapterBase.requireSame(identity.models().get(0), model.identity());
            requireLeading(identity, method, model);
            PeftConfig config = config(type, model, length, (int) vectors.shape()[1]);
            return new Adapter(
                    model.folder().path(), config, vectors, model.identity().weightsHash());
        }
    }

    /** What PEFT notes of so many virtual tokens of a model, of one task. */
    public static PeftConfig config(LanguageModel model, int length, int size) {
        return config(PeftType.PROMPT_TUNING, model, length, size);
    }

    private static PeftConfig config(PeftType type, LanguageModel model, int length, int size) {
        ModelSizes sizes = ModelSizes.of(model);
        return new PeftConfig(
                type, model.folder().name(), sizes.taskType(), length, size, 1, sizes.layers(), sizes.heads(), 1, 0);
    }

    /** An adapter of a model at hand, see {@link dev.cloze.runtime.tuning.AdapterStrategy#ofModel}. */
    public static Adapter ofModel(Adapter adapter, String name) {
        try (LanguageModel model = LanguageModel.openAny(name)) {
            requireModel(adapter, model.identity());
            PeftConfig known = adapter.config();
            PeftConfig config = config(known.type(), model, known.length(), known.tokenDim());
            return new Adapter(
                    adapter.place(), config, adapter.vectors(), model.identity().weightsHash());
        }
    }

    /** {@code ADAPTER_MISMATCH} where the virtual tokens were made for another model, as far as that shows. */
    public static void requireModel(Adapter adapter, ModelIdentity model) {
        AdapterBase.require(adapter, model);
        requireSize(adapter, model.name());
    }

    /** All virtual tokens come first, before what the model's tokenizer puts at the beginning. */
    private static void requireLeading(ProductIdentity identity, TuningMethod method, LanguageModel model) {
        List<TemplatePart> parts =
                TaskTemplate.parse(identity.templates().get(0).text(), method);
        boolean behind = model.backbone().kind() == BackboneKind.ENCODER
                || model.special().start().length > 0;
        boolean seen = false;
        for (TemplatePart part : parts) {
            boolean soft = part instanceof TemplatePart.Soft;
            seen |= !soft;
            if (soft && (seen || behind)) {
                throw unsupported("Virtual tokens stand in the template \""
                        + identity.templates().get(0).text()
                        + "\", and PEFT has them before everything else only, special tokens included."
                        + "\n  Train it with promptLength in @Tuning in place of {soft}.");
            }
        }
    }

    private static ClozeException unsupported(String why) {
        return new ClozeException(
                Problem.ADAPTER_UNSUPPORTED, "This pipeline can't be written as an adapter of PEFT.\n  " + why);
    }
}
