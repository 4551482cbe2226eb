package bad;

import dev.cloze.annotations.*;

@Template("{first} {mask}, {second}")
@Scale(from = 0, to = 5, low = "yes", high = "Yes")
record SameTokensOfAScale(String first, String second) {}
