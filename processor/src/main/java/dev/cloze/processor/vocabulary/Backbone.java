package dev.cloze.processor.vocabulary;

import dev.cloze.vocabulary.Vocabulary;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the compiler knows of a model.
 *
 * @param name as the task names it
 * @param modelType as its {@code config.json} says it: {@code bert}
 * @param longestInput tokens it can read at once, special tokens included
 */
public record Backbone(String name, Vocabulary vocabulary, Optional<String> modelType, OptionalInt longestInput) {

    /** What it does with a text; nothing where its type is not told, or has no backbone. */
    public Optional<Architecture> architecture() {
        return modelType.flatMap(Architecture::of);
    }

    /** Whether what is read and what is then written share the positions there are. */
    public boolean writesBehindInput() {
        return architecture().equals(Optional.of(Architecture.DECODER));
    }
}
