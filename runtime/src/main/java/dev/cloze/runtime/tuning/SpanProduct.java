package dev.cloze.runtime.tuning;

/** A product that finds spans. */
public interface SpanProduct extends SharingProduct<SpanAnswers>, SpanAnswers {

    @Override
    default SpanAnswers answers() {
        return this;
    }
}
