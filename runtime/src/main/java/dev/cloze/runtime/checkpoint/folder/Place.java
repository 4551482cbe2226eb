package dev.cloze.runtime.checkpoint.folder;

/**
 * What was found at one of the places a model is looked for in.
 *
 * @param origin the kind of place
 * @param location the folder, resource or address
 * @param state whether the model is there
 * @param details the same in words: which files are missing, why a place is not looked at
 */
public record Place(Origin origin, String location, State state, String details) {

    /** Whether a model is at a place. */
    public enum State {
        /** All files are there. */
        FOUND,
        /** Some files are there, but not all that are needed. */
        INCOMPLETE,
        /** Nothing is there. */
        ABSENT,
        /** It would be asked only if nothing before has the model. */
        NOT_ASKED,
        /** It is not to be asked. */
        SWITCHED_OFF
    }

    @Override
    public String toString() {
        return origin.shown() + ": " + location + " (" + details + ")";
    }
}
