package bad;

import dev.cloze.annotations.*;

@Template("{first} {mask}, {second}")
@Scale(from = -Double.MAX_VALUE, to = Double.MAX_VALUE, low = "no", high = "yes")
record TooWide(String first, String second) {}
