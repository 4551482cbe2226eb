package bad;

import dev.cloze.annotations.*;

enum Answer {
    YES,
    NO
}

@Template("{title} {mask}")
@Verbalizer(labels = Answer.class, kind = VerbalizerKind.SOFT)
record VectorsWithoutWords(String title) {}
