package dev.cloze.vocabulary;

/** Says what of a tokenizer file cannot be read; {@link VocabularyReader} adds which file it was. */
final class Unreadable extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** The sentence goes on from "cannot be read: ". */
    Unreadable(String reason) {
        super(reason);
    }

    static Unreadable unsupported(String section, String type) {
        return new Unreadable(section + " has the type " + type + ", which Cloze does not know");
    }
}
