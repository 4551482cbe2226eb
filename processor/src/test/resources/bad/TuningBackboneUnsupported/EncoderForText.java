package bad;

import dev.cloze.annotations.*;

@Template("{title} In short:")
@Tuning(backbone = "cloze-tiny-en", maxSteps = 100)
record EncoderForText(String title) {}
