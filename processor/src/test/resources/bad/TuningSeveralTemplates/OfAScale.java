package bad;

import dev.cloze.annotations.*;

@Template("{first} {mask}, {second}")
@Template("{first} {second} {mask}")
@Scale(from = 0, to = 5, low = "no", high = "yes")
record OfAScale(String first, String second) {}
