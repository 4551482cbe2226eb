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
@Verbalizer(labels = Mood.class, multiTokenWords = MultiTokenWords.PARALLEL)
@Tuning(backbone = "tiny-decoder")
record AllAtOnceOfADecoder(String title) {}
