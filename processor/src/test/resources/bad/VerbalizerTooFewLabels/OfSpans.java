package bad;

import dev.cloze.annotations.*;

enum Nothing {}

@Template("{body|spans}")
@Verbalizer(labels = Nothing.class)
@FineTuning
record OfSpans(String body) {}
