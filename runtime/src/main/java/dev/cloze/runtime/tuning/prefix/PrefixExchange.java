package dev.cloze.runtime.tuning.prefix;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.PeftConfig;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelIdentity;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.exchange.AdapterBase;
import dev.cloze.runtime.tuning.exchange.ModelSizes;
import dev.cloze.runtime.tuning.soft.SoftSettings;
import java.util.Map;
import java.util.Objects;

/**
 * Prefixes to and from PEFT. It has one tensor, (P, 2 L H D), which is the encoder's or the decoder's as it is; of an
 * encoder-decoder it is the decoder's alone, in the order of {@link RepeatedPairs}.
 */
public final class PrefixExchange {

    private PrefixExchange() {}

    /** An adapter as a product that was saved, see {@link dev.cloze.runtime.tuning.AdapterStrategy#saved}. */
    public static SavedProduct saved(Adapter adapter) {
        boolean both = adapter.config().submodules() == 2;
        SoftSettings settings =
                new SoftSettings(adapter.config().length(), false, both ? PrefixSite.DECODER.name() : "");
        return new SavedProduct(
                Checkpoint.of(
                        adapter.place(), both ? ofDecoder(RepeatedPairs.read(adapter)) : ofEither(adapter.vectors())),
                Map.of(),
                settings.values(),
                adapter.place().toString(),
                present -> requireFit(adapter, present.models().get(0)));
    }

    private static Map<String, Tensor> ofDecoder(Tensor prefix) {
        return Map.of(PrefixLayout.name(PrefixSite.DECODER, Adapter.VECTORS), prefix);
    }

    /** Under both names, of which the model takes its own: PEFT does not say what kind of model it is. */
    private static Map<String, Tensor> ofEither(Tensor prefix) {
        return Map.of(
                PrefixLayout.name(PrefixSite.ENCODER, Adapter.VECTORS), prefix,
                PrefixLayout.name(PrefixSite.DECODER, Adapter.VECTORS), prefix);
    }

    /** An adapter of a model at hand, see {@link dev.cloze.runtime.tuning.AdapterStrategy#ofModel}. */
    public static Adapter ofModel(Adapter adapter, String name) {
        try (LanguageModel model = LanguageModel.openAny(name)) {
            requireFit(adapter, model.identity());
            return adapter.ofModel(name, model.identity().weightsHash());
        }
    }

    private static void requireFit(Adapter adapter, ModelIdentity present) {
        String name = present.name();
        AdapterBase.require(adapter, present);
        try (LanguageModel model = LanguageModel.openAny(name)) {
            boolean both = model.backbone().kind() == BackboneKind.ENCODER_DECODER;
            PrefixLayout layout =
                    PrefixLayout.of(model.backbone(), adapter.config().length(), both ? "DECODER" : "");
            PeftConfig config = adapter.config();
            int layers = layout.sites().values().iterator().next();
            if (both != (config.submodules() == 2)
                    || config.layers() != layers
                    || config.heads() != layout.heads()
                    || config.tokenDim() != layout.heads() * layout.headSize()) {
                throw AdapterBase.mismatch(
                        adapter,
                        name,
                        "Its keys and values are those of " + described(config) + ", and this model has " + layers
                                + " layers of "
                                + layout.heads() + " heads of " + layout.headSize()
                                + (both ? " numbers, in a decoder beside an encoder." : " numbers."));
            }
        }
    }

    private static String described(PeftConfig config) {
        return config.layers() + " layers of " + config.heads() + " heads of "
                + (double) config.tokenDim() / config.heads() + " numbers"
                + (config.submodules() == 2 ? " in a decoder beside an encoder" : "");
    }

    /** A product as an adapter, see {@link dev.cloze.runtime.tuning.AdapterStrategy#adapter}. */
    public static Adapter adapter(ProductIdentity identity, Map<String, Tensor> tensors) {
        if (tensors.size() != 1) {
            throw new ClozeException(
                    Problem.ADAPTER_UNSUPPORTED,
                    "This pipeline can't be written as an adapter of PEFT.\n  It has prefixes at " + tensors.size()
                            + " places of an encoder-decoder, " + String.join(", ", tensors.keySet())
                            + ", and PEFT has one, in the decoder's own attention.\n  Tune virtual tokens instead, with"
                            + " @PromptTuning, which stand before the encoder's text in both.");
        }
        String name = identity.models().get(0).name();
        Tensor prefix = Objects.requireNonNull(tensors.values().iterator().next());
        try (LanguageModel model = LanguageModel.openAny(name)) {
            AdapterBase.requireSame(identity.models().get(0), model.identity());
            boolean both = model.backbone().kind() == BackboneKind.ENCODER_DECODER;
            int heads = model.backbone().shape().keyValueHeads();
            int width = heads * model.backbone().shape().headSize();
            int layers = (int) (prefix.shape()[1] / (2L * width));
            PeftConfig config = new PeftConfig(
                    PeftType.PREFIX_TUNING,
                    name,
                    ModelSizes.of(model).taskType(),
                    (int) prefix.shape()[0],
                    width,
                    both ? 2 : 1,
                    layers,
                    heads,
                    1,
                    0);
            Tensor written = both ? RepeatedPairs.written(prefix, layers, width) : prefix;
            return new Adapter(
                    model.folder().path(),
                    config,
                    written,
                    identity.models().get(0).weightsHash());
        }
    }
}
