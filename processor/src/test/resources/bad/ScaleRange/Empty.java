package bad;

import dev.cloze.annotations.*;

@Template("{first} {mask}, {second}")
@Scale(from = 2.5, to = 2.5, low = "no", high = "yes")
record Empty(String first, String second) {}
