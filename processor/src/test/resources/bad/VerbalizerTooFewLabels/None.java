package bad;

import dev.cloze.annotations.*;

enum Nothing {}

@Template("{title} {mask}")
@Verbalizer(labels = Nothing.class)
record None(String title) {}
