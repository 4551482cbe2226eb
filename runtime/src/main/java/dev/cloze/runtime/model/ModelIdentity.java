package dev.cloze.runtime.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tells one model from another.
 *
 * @param name what it was asked for by
 * @param weightsHash the SHA-256 of its weights before tuning
 * @param tokenizerHash the SHA-256 of its tokenizer
 * @param commit of the hub's that it was taken from; null where it came from elsewhere, or nobody wrote it down
 */
public record ModelIdentity(
        String name,
        String weightsHash,
        String tokenizerHash,
        @Nullable String commit) {

    /** One of which no commit is known. */
    public ModelIdentity(String name, String weightsHash, String tokenizerHash) {
        this(name, weightsHash, tokenizerHash, null);
    }

    /** Refuses a part that is missing. */
    public ModelIdentity {
        Objects.requireNonNull(name, "models.name");
        Objects.requireNonNull(weightsHash, "models.weightsHash");
        Objects.requireNonNull(tokenizerHash, "models.tokenizerHash");
    }
}
