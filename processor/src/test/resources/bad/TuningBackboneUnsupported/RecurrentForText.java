// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("{title} In short:")
@Tuning(backbone = "tiny-recurrent")
record RecurrentForText(String title) {}
