// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("  ")
@Tuning(backbone = "tiny-llama")
record Empty(String title, String body) {}
