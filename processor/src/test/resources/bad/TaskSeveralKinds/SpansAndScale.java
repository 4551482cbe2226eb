package bad;

import dev.cloze.annotations.*;

@Template("{body|spans} {mask}")
@Scale(from = 0, to = 5, low = "no", high = "yes")
record SpansAndScale(String body) {}
