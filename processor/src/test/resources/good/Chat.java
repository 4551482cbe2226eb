// javac -Acloze.models=MODELS
package example;

import dev.cloze.annotations.*;

/** Special tokens of the model's own: a chat with a decoder, a label in it, and the gaps of T5. */
class Chat {
    enum Answer {
        @LabelWords("Yes")
        YES,
        @LabelWords("No")
        NO
    }

    @Template("{special:\"<s>\"}user\n{question}{special:\"</s>\"}\n{special:\"<s>\"}assistant\n")
    @Tuning(backbone = "tiny-llama", precision = Precision.AUTO)
    record Asked(String question) {}

    @Template("{special:\"<s>\"}user\n{question} Is it so?{special:\"</s>\"}\n{special:\"<s>\"}assistant\n{mask}")
    @Verbalizer(labels = Answer.class, multiTokenWords = MultiTokenWords.LEFT_TO_RIGHT)
    @Tuning(backbone = "tiny-llama", loss = LabelLoss.HINGE)
    record Doubted(String question) {}

    @Template("The {special:\"<extra_id_0>\"} was {text} {special:\"<extra_id_1>\"}")
    @Tuning(backbone = "tiny-t5")
    record Gaps(String text) {}
}
