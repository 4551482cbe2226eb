// javac -Acloze.models=MODELS,no/such/folder
package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {mask}")
@Verbalizer(labels = Answer.class)
@Tuning(backbone = "tiny-encoder")
record NotFoundInFolders(String title) {}
