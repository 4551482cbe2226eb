package bad;

import dev.cloze.annotations.*;

class HiddenLabels {
    private enum Answer {
        @LabelWords("yes")
        YES,
        @LabelWords("no")
        NO
    }

    @Template("{title} {mask}")
    @Verbalizer(labels = Answer.class)
    record Task(String title) {}

    private static class Inside {
        @Template("{title} {mask}")
        @Verbalizer(labels = Answer.class)
        record Task(String title) {}
    }
}
