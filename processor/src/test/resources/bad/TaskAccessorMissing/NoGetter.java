package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {thrown} {shared} {nothing} {inherited} {mask}")
@Verbalizer(labels = Answer.class)
class NoGetter extends Base {
    private String title;

    public String getThrown() throws java.io.IOException {
        return title;
    }

    public static int shared() {
        return 1;
    }

    public void nothing() {}
}

class Base {
    private int inherited;
}
