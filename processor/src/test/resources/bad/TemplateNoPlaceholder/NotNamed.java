// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("Write a poem about it:")
@Tuning(backbone = "tiny-llama")
record NotNamed(String title, String body) {}
