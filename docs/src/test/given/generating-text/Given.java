import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.generation.ModelWriter;

class Given {

    static ModelWriter writer = ModelWriter.open("gpt2");
    static GenerationOptions options = GenerationOptions.defaults().withMaxTokens(8);
    static GenerationListener listener = GenerationListener.NONE;
}
