// javac -Acloze.models=TOKENIZERS
package example;

import dev.cloze.annotations.*;

/** Words after a space and words glued to what stands before them, to a byte-level and to a Unigram vocabulary. */
class Tokens {
    enum Answer {
        @LabelWords({"good", "unforgettable"})
        YES,
        @LabelWords("bad")
        NO
    }

    @Template("{text|fixed} It was {mask}.")
    @Verbalizer(labels = Answer.class, multiTokenWords = MultiTokenWords.JOINT_MEAN)
    @Tuning(backbone = "roberta-add-prefix-space")
    record Spaced(String text, int unused) {}

    @Template("{text} {text|limit:5} It was ({mask}).")
    @Verbalizer(labels = Answer.class, multiTokenWords = MultiTokenWords.JOINT_MEAN)
    @Tuning(backbone = "roberta-add-prefix-space")
    record Glued(String text) {}

    @Template("{mask}: {text}")
    @Verbalizer(labels = Answer.class, multiTokenWords = MultiTokenWords.JOINT_MEAN)
    @Tuning(backbone = "albert", maxLength = 64)
    record AtStart(String text) {}
}
