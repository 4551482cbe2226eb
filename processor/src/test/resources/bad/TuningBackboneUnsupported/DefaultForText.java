package bad;

import dev.cloze.annotations.*;

@Template("{title} In short:")
record DefaultForText(String title) {}
