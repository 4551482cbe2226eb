// javac -Acloze.models=MODELS
package example;

import dev.cloze.annotations.*;

/** Tasks that would be warned of, and are not. */
class Quiet {

    @Template("The capital of France is {mask}.")
    @Candidates({"paris", "rome"})
    @SuppressWarnings("TemplateNoPlaceholder")
    record Capital(String country) {}

    @SuppressWarnings({"unused", "cloze"})
    static class Around {

        @Template("Write a poem about it:")
        @Tuning(backbone = "tiny-llama")
        record Poem(String title) {}
    }

    enum Mood {
        @LabelWords({"happy", "unforgettable"})
        HAPPY,
        @LabelWords("sad")
        SAD
    }

    /** What is advised where a word of several tokens is refused. */
    @Template("{title} {mask}")
    @Verbalizer(labels = Mood.class, kind = VerbalizerKind.KNOWLEDGEABLE, multiTokenWords = MultiTokenWords.FIRST)
    record First(String title) {}

    /** And the other. */
    @Template("{title} {mask}")
    @Verbalizer(labels = Mood.class, kind = VerbalizerKind.KNOWLEDGEABLE, multiTokenWords = MultiTokenWords.MEAN)
    record Mean(String title) {}
}
