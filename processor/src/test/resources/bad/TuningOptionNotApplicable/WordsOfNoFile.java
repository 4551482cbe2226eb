package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {mask}.")
@Verbalizer(labels = Answer.class)
@Lstm(embeddingWords = 1000)
record WordsOfNoFile(String title) {}
