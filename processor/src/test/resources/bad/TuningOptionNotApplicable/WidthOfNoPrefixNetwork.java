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
@PrefixTuning(reparametrized = false, middleSize = 1024)
record WidthOfNoPrefixNetwork(String title) {}
