// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {mask}")
@Verbalizer(labels = Answer.class)
@Tuning(backbone = "tiny-overgrown")
record Overgrown(String title) {}
