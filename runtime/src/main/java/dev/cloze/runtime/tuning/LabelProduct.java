package dev.cloze.runtime.tuning;

/** A product that chooses labels. */
public interface LabelProduct extends SharingProduct<LabelAnswers>, LabelAnswers {

    @Override
    default LabelAnswers answers() {
        return this;
    }
}
