// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} Is it so? {mask}.")
@Verbalizer(labels = Answer.class)
@Tuning(backbone = "tiny-decoder")
record FullStop(String title) {}
