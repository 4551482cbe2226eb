package bad;

import dev.cloze.annotations.*;

@Template(value = "{first} {mask}, {second}", words = @LabelWords(label = "low", value = "never"))
@Scale(from = 0, to = 5, low = "no", high = "yes")
record WordsBesideScale(String first, String second) {}
