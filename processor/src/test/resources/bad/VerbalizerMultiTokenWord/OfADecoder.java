// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords("unforgettable")
    HAPPY,
    @LabelWords("bad")
    SAD
}

@Template("{title} It was {mask}")
@Verbalizer(labels = Mood.class, multiTokenWords = MultiTokenWords.REJECT)
@Tuning(backbone = "tiny-decoder")
record OfADecoder(String title) {}
