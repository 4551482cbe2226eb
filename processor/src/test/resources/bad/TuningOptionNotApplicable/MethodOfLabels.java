package bad;

import dev.cloze.annotations.*;

@Template("{first} {mask}, {second}")
@Scale(from = 0, to = 5, low = "no", high = "yes")
@Tuning(method = TuningMethod.PET)
record MethodOfLabels(String first, String second) {}
