// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("{title} In short: {target}")
@Tuning(backbone = "tiny-llama")
record Target(String title) {}
