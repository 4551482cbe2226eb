// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("Say in one short sentence what this is all about: {title} In short:")
@Tuning(backbone = "tiny-llama", maxLength = 8)
record NoRoomBeforeText(String title) {}
