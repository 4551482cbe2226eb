// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("Tell of it: {title} In short:")
@Tuning(backbone = "tiny-llama", promptLength = 5000)
@PrefixTuning
record PrefixTooLongForTheDecoder(String title) {}
