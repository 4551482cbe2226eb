package dev.cloze.runtime.checkpoint;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The names weights have in a model folder. */
public final class WeightsLayout {

    /** In the order of preference. */
    public static final List<String> CANDIDATES = List.of(
            "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json");

    private WeightsLayout() {}

    /** The file of weights, or the index of its shards, if there is one. */
    public static Optional<Path> find(Path folder) {
        return CANDIDATES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Says that a folder has none of them. */
    public static ClozeException missing(Path folder) {
        return new ClozeException(
                Problem.MODEL_INCOMPLETE,
                "The model folder " + folder + " holds no weights.\n  Looked for " + String.join(", ", CANDIDATES)
                        + ".");
    }
}
