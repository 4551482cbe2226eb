package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {author.nmae} {author.name.first} {mask}")
@Verbalizer(labels = Answer.class)
record InPath(String title, Author author) {
    record Author(String name) {}
}
