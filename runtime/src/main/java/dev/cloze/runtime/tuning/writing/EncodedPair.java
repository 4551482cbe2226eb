package dev.cloze.runtime.tuning.writing;

import dev.cloze.runtime.backbone.TextRow;

/**
 * An input and the text to be written for it as a model reads them.
 *
 * @param row the two without padding
 * @param cut whether the input or the target was too long and lost a part
 */
public record EncodedPair(TextRow row, boolean cut) {}
