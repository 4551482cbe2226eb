package dev.cloze.vocabulary;

import java.util.List;
import java.util.OptionalInt;

/** Turns one piece of text into token ids; special tokens are unknown to it. */
interface Model {

    /** Appends the ids of the piece. */
    void tokenize(String piece, List<Integer> ids);

    /** The id given to what the vocabulary has no token for, if there is one. */
    OptionalInt unknownId();
}
