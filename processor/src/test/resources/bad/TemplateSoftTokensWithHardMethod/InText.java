// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("{title} {soft:\"In short\"}: {body}")
@Tuning(backbone = "tiny-llama")
record InText(String title, String body) {}
