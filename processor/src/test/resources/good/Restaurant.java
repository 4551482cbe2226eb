// javac -Acloze.models=MODELS
package example;

import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import java.util.List;

@Template("name: {name}, food: {food|lower}, near: {near}\nIn a sentence:")
@Tuning(backbone = "tiny-llama", learningRate = 1e-4, maxLength = 128)
public record Restaurant(String name, List<String> food, String near) {}
