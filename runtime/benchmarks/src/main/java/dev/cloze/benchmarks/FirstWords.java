package dev.cloze.benchmarks;

import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.generation.ModelWriter;
import java.io.IOException;

/** {@code FirstWords MODEL TOKENS} opens a model and goes on with a text, a line for each piece as it is written. */
final class FirstWords {

    static final String TEXT = "Once upon a time there was a";

    private FirstWords() {}

    public static void main(String[] arguments) throws IOException {
        double[] processorSeconds = {0};
        try (ModelWriter writer = ModelWriter.open(arguments[0])) {
            writer.write(
                    TEXT,
                    GenerationOptions.defaults().withMaxTokens(Integer.parseInt(arguments[1])),
                    (prompt, piece) -> {
                        System.out.println(piece);
                        processorSeconds[0] = processorSeconds[0] > 0 ? processorSeconds[0] : ProcessorTime.seconds();
                    });
            SelfReport.print(processorSeconds[0]);
        }
    }
}
