package bad;

import dev.cloze.annotations.*;

@Template("{text} It was {mask}.")
@Candidates({"great", "poor"})
@PromptTuning(prompts = 5)
record PromptsOfWords(String text) {}
