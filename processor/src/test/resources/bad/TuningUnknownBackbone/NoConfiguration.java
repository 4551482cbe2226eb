// javac -Acloze.models=TOKENIZERS
package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} It was {mask}, was it?")
@Verbalizer(labels = Answer.class, multiTokenWords = MultiTokenWords.JOINT)
@Tuning(backbone = "t5-first")
record NoConfiguration(String title) {}

@Template("{title} In short:")
@Tuning(backbone = "t5-first")
record Unconfigured(String title) {}
