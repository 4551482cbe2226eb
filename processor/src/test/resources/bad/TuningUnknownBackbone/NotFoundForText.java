package bad;

import dev.cloze.annotations.*;

@Template("{title} In short:")
@Tuning(backbone = "cloze-tiny-writer")
record NotFoundForText(String title) {}
