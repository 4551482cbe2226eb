package bad;

import dev.cloze.annotations.*;

@Template("{titel} {author} It was {mask}.")
@Tuning(method = TuningMethod.LM_BFF)
@Pet
interface AndMore {
    String title();

    Object author();
}
