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
@PTuningV2(middleSize = 1024)
record WidthOfNoDeepNetwork(String title) {}
