// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

@Template("{special:\"<|im_start|>\"}{title}")
@Tuning(backbone = "tiny-decoder")
record NoneAtAll(String title) {}
