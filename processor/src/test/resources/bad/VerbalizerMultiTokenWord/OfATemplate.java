package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template(
        value = "{title} All in all, it was {mask}.",
        words = {@LabelWords(label = "YES", value = "great"), @LabelWords(label = "NO", value = {"bad", "unforgettable"})})
@Verbalizer(labels = Answer.class, multiTokenWords = MultiTokenWords.REJECT)
record OfATemplate(String title) {}
