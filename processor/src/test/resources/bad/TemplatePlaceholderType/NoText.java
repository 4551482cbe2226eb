package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {when} {raw} {words} {options.first} {mask}")
@Verbalizer(labels = Answer.class)
record NoText(String title, java.time.Instant when, java.util.List<?> words, byte[] raw, Options options) {
    record Options(java.util.Optional<Object> first) {}
}
