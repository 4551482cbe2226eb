package bad;

import dev.cloze.annotations.*;

@Scale(from = 0, to = 5, low = "no", high = "yes")
record OnlyScale(String first, String second) {}
