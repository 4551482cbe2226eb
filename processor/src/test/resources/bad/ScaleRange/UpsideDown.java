package bad;

import dev.cloze.annotations.*;

@Template("{first} {mask}, {second}")
@Scale(from = 5, to = 0, low = "no", high = "yes")
record UpsideDown(String first, String second) {}
