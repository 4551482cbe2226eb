package bad;

import dev.cloze.annotations.*;

enum Answer {
    YES,
    NO
}

@Template("{a} {b} {c} {sep} {d} {e} {f} {mask}")
@Verbalizer(labels = Answer.class)
@FineTuning
@Tuning(maxLength = 8)
record PlaceholdersAlone(String a, String b, String c, String d, String e, String f) {}
