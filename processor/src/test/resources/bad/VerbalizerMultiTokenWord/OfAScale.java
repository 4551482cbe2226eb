package bad;

import dev.cloze.annotations.*;

@Template("{first} {mask}, {second}")
@Scale(from = 0, to = 5, low = "forgettable", high = "unforgettable", multiTokenWords = MultiTokenWords.REJECT)
record OfAScale(String first, String second) {}
