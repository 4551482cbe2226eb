package dev.cloze.examples.topics;

import dev.cloze.annotations.LabelWords;

/** What a message is about. */
public enum Topic {
    @LabelWords({"payment", "money", "price"})
    PAYMENT,
    @LabelWords({"delivery", "package", "mail"})
    DELIVERY,
    @LabelWords({"repair", "damage", "quality"})
    DEFECT,
    @LabelWords({"account", "data"})
    ACCOUNT
}
