package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

class Hidden {
    @Template("{title} {mask}")
    @Verbalizer(labels = Answer.class)
    private record Task(String title) {}
}
