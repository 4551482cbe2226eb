package bad;

import dev.cloze.annotations.*;

@Template("{first} {mask}, {second}")
@Scale(from = Double.NaN, to = 5, low = "no", high = "yes")
record NotANumber(String first, String second) {}
