// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("{title} In short:")
@Tuning(backbone = "tiny-decoder", maxLength = 64)
record LongerThanTheDecoder(String title) {}
