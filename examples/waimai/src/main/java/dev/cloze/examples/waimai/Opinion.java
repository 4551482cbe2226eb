package dev.cloze.examples.waimai;

import dev.cloze.annotations.LabelWords;

/** What a customer thinks of a meal; each word is two tokens, a character each. */
public enum Opinion {
    @LabelWords({"好吃", "不错"})
    POSITIVE,
    @LabelWords({"难吃", "太差"})
    NEGATIVE
}
