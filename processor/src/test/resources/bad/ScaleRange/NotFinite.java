package bad;

import dev.cloze.annotations.*;

@Template("{first} {mask}, {second}")
@Scale(from = 0, to = 1 / 0.0, low = "no", high = "yes")
record NotFinite(String first, String second) {}
