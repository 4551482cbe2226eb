package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{mask}! {title}")
@Template(
        value = "{title} All in all, it was {mask}.",
        words = {@LabelWords(label = "YES", value = "great"), @LabelWords(label = "NO", value = {"bad", "great"})})
@Verbalizer(labels = Answer.class)
record OfTheSecondTemplate(String title) {}
