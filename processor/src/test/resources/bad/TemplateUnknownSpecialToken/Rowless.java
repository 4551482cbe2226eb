// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{special:\"<pad>\"} {title} {mask}")
@Verbalizer(labels = Answer.class)
@Tuning(backbone = "tiny-padded")
record Rowless(String title) {}
