package dev.cloze.runtime.tuning.setfit;

import dev.cloze.runtime.checkpoint.folder.SentenceModules;
import dev.cloze.runtime.tuning.SavedProduct;
import java.util.Map;

/** How long the vectors are that the classifier sees, which sets how strong its penalty is. */
enum VectorLength {
    /** The states as they are. */
    AS_IS,
    /** 1, where the sentence encoder's own library has them so. */
    UNIT;

    private static final String SETTING = "vectors";

    /** That of the model's own library. */
    static VectorLength of(SentenceModules modules) {
        return modules.unit() ? UNIT : AS_IS;
    }

    /** What a product was trained with; earlier versions had all of them as they are. */
    static VectorLength of(SavedProduct saved) {
        return saved.constant(SETTING, AS_IS);
    }

    /** What a product says of it. */
    Map<String, String> settings() {
        return this == UNIT ? Map.of(SETTING, name()) : Map.of();
    }
}
