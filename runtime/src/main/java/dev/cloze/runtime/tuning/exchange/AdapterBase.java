package dev.cloze.runtime.tuning.exchange;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.problem.ShortText;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.model.ModelIdentity;
import dev.cloze.vocabulary.folder.ModelName;

/** Whether a model is the one that an adapter was made for. */
public final class AdapterBase {

    private AdapterBase() {}

    /**
     * Refuses another model: by the hash of the weights where the adapter has it, and otherwise by name, of which the organisation
     * or the folder before the last part may differ.
     *
     * @throws ClozeException ADAPTER_MISMATCH with both names
     */
    public static void require(Adapter adapter, ModelIdentity model) {
        boolean same = adapter.baseHash().isEmpty()
                ? adapter.config().base().isEmpty()
                        || last(adapter.config().base()).equals(last(model.name()))
                : adapter.baseHash().equals(model.weightsHash());
        if (!same) {
            throw mismatch(
                    adapter,
                    model.name(),
                    adapter.baseHash().isEmpty()
                            ? "A prompt means nothing to other weights. If the two are the same model under two names,"
                                    + " correct base_model_name_or_path in its adapter_config.json."
                            : "The weights are others (sha256 " + shortened(model.weightsHash())
                                    + ", and of those it was" + " made for " + shortened(adapter.baseHash())
                                    + "), to which a prompt means nothing.");
        }
    }

    /** Refuses what was saved of other weights than the model has now, of the same name: {@code ADAPTER_MISMATCH}. */
    public static void requireSame(ModelIdentity saved, ModelIdentity present) {
        if (!saved.weightsHash().equals(present.weightsHash())) {
            throw new ClozeException(
                    Problem.ADAPTER_MISMATCH,
                    "The model \"" + present.name()
                            + "\" is not the one that this was tuned on: the sha256 of its weights is "
                            + shortened(present.weightsHash()) + ", and was " + shortened(saved.weightsHash())
                            + ".\n  A prompt means nothing to other weights. Bring back the"
                            + " model it was tuned on.");
        }
    }

    /** Says that an adapter is of another model than the one present, and in what that shows. */
    public static ClozeException mismatch(Adapter adapter, String model, String why) {
        return new ClozeException(
                Problem.ADAPTER_MISMATCH,
                "The adapter " + adapter.place() + " was made for " + adapter.shownBase()
                        + ", and the task's model is \""
                        + model + "\".\n  " + why
                        + "\n  Name its model in @Tuning(backbone = \"...\"), or take an adapter of"
                        + " this one.");
    }

    private static String last(String name) {
        String path = withoutRevision(name).replace('\\', '/');
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1).toLowerCase(java.util.Locale.ROOT);
    }

    /** {@code models@2/bert} is a path. */
    private static String withoutRevision(String name) {
        String repository = ModelName.repository(name);
        boolean pinned = ModelName.of(name).isPresent() && (repository.contains("/") || !name.contains("/"));
        return pinned ? repository : name;
    }

    private static String shortened(String hash) {
        return ShortText.of(hash, 12);
    }
}
