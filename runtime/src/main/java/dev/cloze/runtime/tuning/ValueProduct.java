package dev.cloze.runtime.tuning;

/** A product that gives numbers. */
public interface ValueProduct extends SharingProduct<ValueAnswers>, ValueAnswers {

    @Override
    default ValueAnswers answers() {
        return this;
    }
}
