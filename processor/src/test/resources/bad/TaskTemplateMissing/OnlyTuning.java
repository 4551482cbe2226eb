package bad;

import dev.cloze.annotations.*;

@Tuning(maxSteps = 10)
record OnlyTuning(String title) {}
