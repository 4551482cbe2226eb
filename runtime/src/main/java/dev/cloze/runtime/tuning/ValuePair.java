package dev.cloze.runtime.tuning;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An input and the text to be written for it, as methods see them.
 *
 * @param input the text of every placeholder by path
 * @param target which is refused where it is null
 */
public record ValuePair(Map<String, String> input, @Nullable String target) {}
