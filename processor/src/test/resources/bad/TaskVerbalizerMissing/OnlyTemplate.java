package bad;

import dev.cloze.annotations.*;

@Template("{title} {mask}")
record OnlyTemplate(String title) {}
