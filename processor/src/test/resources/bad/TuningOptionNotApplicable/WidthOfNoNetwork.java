package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {soft:3} {mask}.")
@Verbalizer(labels = Answer.class)
@PTuning(encoder = PTuning.Encoder.NONE, hiddenSize = 300)
record WidthOfNoNetwork(String title) {}
