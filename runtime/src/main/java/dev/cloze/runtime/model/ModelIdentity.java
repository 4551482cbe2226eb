package dev.cloze.runtime.model;

import java.util.Objects;

/**
 * What tells one model from another.
 *
 * @param name what it was asked for by
 * @param weightsHash the SHA-256 of its weights before tuning
 * @param tokenizerHash the SHA-256 of its tokenizer
 */
public record ModelIdentity(String name, String weightsHash, String tokenizerHash) {

    /** Refuses a part that is missing. */
    public ModelIdentity {
        Objects.requireNonNull(name, "models.name");
        Objects.requireNonNull(weightsHash, "models.weightsHash");
        Objects.requireNonNull(tokenizerHash, "models.tokenizerHash");
    }
}
