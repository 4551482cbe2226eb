// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("{body} It was <mask>.")
@Tuning(backbone = "tiny-llama")
record SpelledInAText(String body) {}
