// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("Tell of it: {title} In short:")
@Tuning(backbone = "tiny-llama", maxLength = 16)
@PrefixTuning(initialText = "a good film is a film that is good and a bad film is not")
record PrefixOfALongText(String title) {}
