// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{special:\"<S>\"}{title}{special:\"<|im_end|>\"} Is it so?\n{mask}")
@Verbalizer(labels = Answer.class)
@Tuning(backbone = "tiny-llama")
record Misspelt(String title) {}
