package bad;

import dev.cloze.annotations.*;

@Spans(none = "word")
record OnlySpans(String body) {}
