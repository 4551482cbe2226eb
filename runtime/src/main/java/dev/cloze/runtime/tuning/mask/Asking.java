package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.model.LanguageModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a product asks its model.
 *
 * @param encoding how inputs become texts
 * @param settings what has to be known to ask so again, by name
 * @param texts the texts that asking so needs, by name, see {@link dev.cloze.runtime.tuning.Product#texts}
 * @param remark what whoever saves the product has to know
 * @param others the models that the encoding needs beside the one that is asked: leases that are given back with this
 */
public record Asking(
        InputEncoding encoding,
        Map<String, String> settings,
        Map<String, List<String>> texts,
        Optional<String> remark,
        List<LanguageModel> others)
        implements AutoCloseable {

    /** By the template alone. */
    public static Asking plainly(CompiledTask task) {
        return new Asking(task, Map.of(), Map.of(), Optional.empty(), List.of());
    }

    /** The same with these settings. */
    public Asking with(Map<String, String> other) {
        return new Asking(encoding, other, texts, remark, others);
    }

    /** The same for one more user, who closes it too. */
    public Asking shared() {
        others.forEach(LanguageModel::shared);
        return this;
    }

    @Override
    public void close() {
        others.forEach(LanguageModel::close);
    }
}
