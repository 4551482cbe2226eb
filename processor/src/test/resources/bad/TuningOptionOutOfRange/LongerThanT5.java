// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("{title} In short:")
@Tuning(backbone = "tiny-t5", maxLength = 513)
record LongerThanT5(String title) {}
