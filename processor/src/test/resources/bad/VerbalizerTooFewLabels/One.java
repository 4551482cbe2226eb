package bad;

import dev.cloze.annotations.*;

enum Only {
    @LabelWords("one")
    ONE
}

@Template("{title} {mask}")
@Verbalizer(labels = Only.class)
record One(String title) {}
