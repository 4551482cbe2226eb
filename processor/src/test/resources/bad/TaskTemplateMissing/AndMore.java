package bad;

import dev.cloze.annotations.*;

class Outer {
    enum Answer {
        @LabelWords("yes")
        YES,
        @LabelWords({"no", "yes"})
        NO
    }

    @Verbalizer(labels = Answer.class)
    @Pet
    @LmBff
    private record AndMore<T>(String title) {}
}
