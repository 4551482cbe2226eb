package example;

import dev.cloze.annotations.*;

/** Tasks of which something is deprecated: who compiles them is told nothing of the classes that are written for them. */
class Former {

    enum Answer {
        @LabelWords("yes")
        YES,
        @LabelWords("no")
        NO
    }

    enum Verdict {
        @LabelWords("good")
        GOOD,
        @Deprecated
        @LabelWords("bad")
        BAD
    }

    @Template("{text} It was {mask}.")
    @Verbalizer(labels = Verdict.class)
    @Tuning(backbone = "cloze-tiny-en")
    record Label(String text) {}

    @Template("{text} by {author.name}: {mask}.")
    @Verbalizer(labels = Answer.class)
    @Tuning(backbone = "cloze-tiny-en")
    record Component(String text, Author author) {
        @Deprecated
        public String text() {
            return text;
        }
    }

    record Author(String name) {
        @Deprecated(forRemoval = true)
        public String name() {
            return name;
        }
    }

    @Deprecated(forRemoval = true)
    @Template("{text} It is {mask}.")
    @Verbalizer(labels = Answer.class)
    @Tuning(backbone = "cloze-tiny-en")
    record Task(String text) {}
}
