package dev.cloze.runtime.tuning;

import java.util.Map;
import java.util.function.Consumer;

/** Inputs without labels as methods see them: they may be more than memory holds, and are gone through from first to last. */
@FunctionalInterface
public interface UnlabeledValues {

    /** None. */
    UnlabeledValues NONE = each -> {};

    /** Hands over the text of every placeholder by path, of each input in turn. */
    void forEach(Consumer<Map<String, String>> each);
}
