package dev.cloze.runtime.archive;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.AdapterWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.ModelIdentity;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.Strategies;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pipelines as adapters of other tools, and what is recorded of one that was read. */
public final class AdapterExport {

    private AdapterExport() {}

    /**
     * Writes what a method made as an adapter.
     *
     * @throws dev.cloze.problem.ClozeException ADAPTER_UNSUPPORTED where PEFT can't say what it is, DISK_WRITE
     */
    public static void write(Path folder, TuningMethod method, Product product) {
        requireWords(product.identity());
        AdapterWriter.write(folder, Strategies.withAdapters(method).adapter(product.identity(), product.tensors()));
    }

    /**
     * Writes what was saved as an adapter.
     *
     * @param saved an open saved pipeline, from that folder
     * @param model the name of its model; the one that it was saved with where that is null
     * @throws dev.cloze.problem.ClozeException as {@link #write(Path, TuningMethod, Product)}; ADAPTER_MISMATCH where the model
     *     is another than it was saved with
     */
    public static void write(Path folder, Path from, Archive saved, @Nullable String model) {
        Map<String, Tensor> tensors = new TreeMap<>();
        for (String name : saved.tuned().names()) {
            tensors.put(
                    name, new Tensor(saved.tuned().shape(name), saved.tuned().floats(name)));
        }
        ProductIdentity identity = saved.manifest().product();
        requireWords(identity);
        AdapterWriter.write(
                folder,
                Strategies.withAdapters(saved.method(from))
                        .adapter(model == null ? identity : renamed(identity, model), tensors));
    }

    /** PEFT would lose what a verbalizer trained, and the adapter would answer otherwise. */
    private static void requireWords(ProductIdentity identity) {
        String kind = identity.settings().get(ProductIdentity.VERBALIZER);
        if (kind != null) {
            throw new ClozeException(
                    Problem.ADAPTER_UNSUPPORTED,
                    "This pipeline can't be written as an adapter of PEFT.\n  Its verbalizer is trained (kind = " + kind
                            + "), and PEFT has no place for what it learnt.\n  Train it with @Verbalizer(kind ="
                            + " VerbalizerKind.WORDS), or save it as a pipeline.");
        }
    }

    private static ProductIdentity renamed(ProductIdentity identity, String model) {
        return new ProductIdentity(
                identity.templates(),
                identity.maxLength(),
                identity.models().stream()
                        .map(one -> new ModelIdentity(model, one.weightsHash(), one.tokenizerHash(), one.commit()))
                        .toList(),
                identity.settings());
    }

    /** An adapter of a model at hand that it did not name, or by another name; ADAPTER_MISMATCH where it is another model's. */
    public static Adapter ofModel(Adapter adapter, String model) {
        return Strategies.ofAdapters(adapter.config().type()).ofModel(adapter, model);
    }

    /** Of a prompt that was trained elsewhere, of which only that is known. */
    public static TrainingRecord record(Adapter adapter) {
        return new TrainingRecord(0, Map.of("adapter", adapter.config().type().name()), "", Map.of(), null, 0);
    }
}
