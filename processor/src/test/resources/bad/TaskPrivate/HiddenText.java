// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

class HiddenText {
    @Template("{title} In short:")
    @Tuning(backbone = "tiny-llama")
    private record Task(String title) {}
}
