// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{mask}  {sep}{title|lower} {{see above}}\n")
@Verbalizer(labels = Answer.class)
@Tuning(backbone = "tiny-llama")
record InputBehind(String title) {}
