package dev.cloze.examples.news;

/** What a news item is about; its words are written at {@link Article}, because they belong to that task. */
public enum Topic {
    WORLD,
    SPORTS,
    BUSINESS,
    TECHNOLOGY
}
