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
public record Backbone(String name, Vocabulary vocabulary, Optional<String> modelType, OptionalInt longestInput) {}
