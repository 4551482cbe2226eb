package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords("good")
    GOOD,
    @LabelWords("bad")
    BAD
}

@Template("""
        A text of several lines, the first of which is long:
        {title} by {author|lowr}
        It was {mask}.""")
@Verbalizer(labels = Mood.class)
record TextBlock(String title, String author) {}
