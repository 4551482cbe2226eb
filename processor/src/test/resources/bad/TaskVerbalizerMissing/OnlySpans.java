package bad;

import dev.cloze.annotations.*;

@Template("{body|spans}")
record OnlySpans(String body) {}
