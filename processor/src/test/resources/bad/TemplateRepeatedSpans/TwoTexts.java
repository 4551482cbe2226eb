package bad;

import dev.cloze.annotations.*;

enum Slot {
    @LabelWords("name")
    NAME,
    @LabelWords("food")
    FOOD
}

@Template("{title|spans} {body|spans}")
@Verbalizer(labels = Slot.class)
@FineTuning
record TwoTexts(String title, String body) {}
