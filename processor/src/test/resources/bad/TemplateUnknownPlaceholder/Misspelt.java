package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{titel} and {maks} {bdy|lower} {mask}")
@Verbalizer(labels = Answer.class)
record Misspelt(String title, String body) {}
