// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords("good")
    HAPPY,
    @LabelWords("☃")
    SAD
}

@Template("{title} It was {mask}.")
@Verbalizer(labels = Mood.class)
@Tuning(backbone = "tiny-t5")
record OfT5(String title) {}
