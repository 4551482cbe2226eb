package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords("good")
    GOOD,
    @LabelWords("bad")
    BAD
}

@Template("""
        {title} in {{{year}}}
        by {author.nmae}
        It was {mask}.""")
@Verbalizer(labels = Mood.class)
record TextBlock(String title, int year, Author author) {
    record Author(String name) {}
}
