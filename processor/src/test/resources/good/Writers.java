// javac -Acloze.models=MODELS
package example;

import dev.cloze.annotations.*;

/** Both kinds of task in one file, with models that read to the right, and to both sides and then write. */
class Writers {
    enum Answer {
        @LabelWords({"good", "unforgettable"})
        YES,
        @LabelWords("bad")
        NO
    }

    record Part(String text) {}

    @Template("{pretrained.text} {target} In short:")
    @Tuning(backbone = "tiny-t5", maxLength = 600)
    record Reworded(Part pretrained, String target) {}

    @Template("Once upon a time")
    @Tuning(backbone = "tiny-decoder")
    record Tale() {}

    @Template("{title} {sep} {text}")
    @Tuning(backbone = "tiny-llama")
    record Article(String title, String text) {}

    @Template("{text} It was {mask} \n")
    @Verbalizer(labels = Answer.class, multiTokenWords = MultiTokenWords.JOINT_MEAN)
    @Tuning(backbone = "tiny-decoder")
    record NextToken(String text) {}

    @Template("It was {mask}: {text}.")
    @Verbalizer(labels = Answer.class, multiTokenWords = MultiTokenWords.JOINT_MEAN)
    @Tuning(backbone = "tiny-t5")
    record Sentinel(String text) {}
}
