// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

enum Slot {
    NAME
}

@Template("{body|spans}")
@Verbalizer(labels = Slot.class)
@FineTuning
@Tuning(backbone = "tiny-decoder")
record DecoderForSpans(String body) {}
