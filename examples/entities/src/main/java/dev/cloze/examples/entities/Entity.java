package dev.cloze.examples.entities;

/** What a part of a message names. */
public enum Entity {
    PERSON,
    DISH,
    TIME
}
