package bad;

import dev.cloze.annotations.*;

@Template("{first} and {second}")
@Scale(from = 0, to = 5, low = "no", high = "yes")
record OfAScale(String first, String second) {}
