package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} Is it so? {mask}.")
@Verbalizer(labels = Answer.class)
@Tuning(backbone = "FacebookAI/robertabase")
record Mistyped(String title) {}

@Template("{title} Is it so? {mask}.")
@Verbalizer(labels = Answer.class)
@Tuning(backbone = "cloze-lm-tiny-en")
record ArtifactForgotten(String title) {}
