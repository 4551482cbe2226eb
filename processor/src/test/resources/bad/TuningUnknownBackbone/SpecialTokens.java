package bad;

import dev.cloze.annotations.*;

@Template("{special:\"<|im_start|>\"}user\n{title}{special:\"<|im_end|>\"}\n{special:\"<|im_start|>\"}assistant\n")
@Tuning(backbone = "cloze-tiny-writer")
record SpecialTokens(String title) {}
