package dev.cloze.vocabulary;

/** Rewrites the whole text before it is split. */
@FunctionalInterface
interface Normalizer {

    Normalizer NONE = (text, place) -> text;

    String normalize(String text, Place place);

    /** This one, then the next. */
    default Normalizer then(Normalizer next) {
        return (text, place) -> next.normalize(normalize(text, place), place);
    }
}
