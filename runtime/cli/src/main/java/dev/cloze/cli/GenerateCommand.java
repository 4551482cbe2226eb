package dev.cloze.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.generation.IdleOptions;
import dev.cloze.runtime.generation.ModelWriter;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a model writes after a text. */
@Command(
        name = "generate",
        description = "Prints what a model writes after a text, as it writes it (with beams, when it is finished).")
final class GenerateCommand implements Callable<Integer> {

    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    @Option(
            names = "--model",
            paramLabel = "NAME|DIR",
            defaultValue = "cloze-lm-tiny-en",
            description = "The name or folder of a model that writes text: GPT-2, Llama, Mistral, Qwen, T5;"
                    + " ${DEFAULT-VALUE} otherwise, which is here, and so small that it shows little but how it goes.")
    private String model;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "128",
            description = "How many tokens at most, 1 or more; ${DEFAULT-VALUE} otherwise.")
    private int maxTokens;

    @Option(
            names = "--beams",
            paramLabel = "K",
            defaultValue = "1",
            description = "How many texts to follow side by side, 1 to 256; ${DEFAULT-VALUE} otherwise.")
    private int beams;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description = "Above 0, draw each token: the higher, the more freely; ${DEFAULT-VALUE} otherwise.")
    private double temperature;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            defaultValue = "0",
            description =
                    "With a temperature, draw from the K most probable tokens, 0 for all; ${DEFAULT-VALUE} otherwise.")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "1",
            description =
                    "With a temperature, draw from the most probable tokens that make up this probability; ${DEFAULT-VALUE} otherwise.")
    private double topP;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "With a temperature, the same seed draws the same text; ${DEFAULT-VALUE} otherwise.")
    private long seed;

    @Option(
            names = "--special-tokens",
            description = "Read names of special tokens in TEXT as these tokens, as a chat model wants its turns:"
                    + " \"<|im_start|>user ...\". Otherwise they are plain text.")
    private boolean specialTokens;

    @Option(
            names = "--json",
            description =
                    "Print nothing on standard output but {\"text\", \"ids\", \"logProbability\"}, ids being the new"
                            + " tokens.")
    private boolean json;

    @Parameters(paramLabel = "TEXT", description = "The text to go on with.")
    private String text;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    GenerateCommand() {}

    private record Written(String text, int[] ids, double logProbability) {}

    @Override
    public Integer call() {
        GenerationOptions options = options();
        PrintWriter out = spec.commandLine().getOut();
        try (ModelWriter writer = ModelWriter.open(model)) {
            if (json) {
                Generated written = write(writer, options, GenerationListener.NONE);
                out.println(JSON.toJson(new Written(written.text(), written.ids(), written.logProbability())));
            } else {
                write(writer, options, (prompt, piece) -> {
                    out.print(piece);
                    out.flush();
                });
                out.println();
            }
        }
        return 0;
    }

    private Generated write(ModelWriter writer, GenerationOptions options, GenerationListener listener) {
        if (specialTokens) {
            return writer.writeMarked(text, options, listener);
        }
        writer.specialTokensIn(text).stream().findFirst().ifPresent(name -> spec.commandLine()
                .getErr()
                .println(name + " is read as plain text, not as the special token of that name;"
                        + " --special-tokens makes it that token."));
        return writer.write(text, options, listener);
    }

    private GenerationOptions options() {
        try {
            GenerationOptions options = GenerationOptions.defaults()
                    .withMaxTokens(maxTokens)
                    .withTemperature(temperature)
                    .withBeams(beams)
                    .withTopK(topK)
                    .withTopP(topP)
                    .withSeed(seed);
            IdleOptions.refuse(options, name -> "--" + CommandLineWords.dashed(name));
            return options;
        } catch (ClozeException e) {
            if (e.problem() == Problem.GENERATION_OPTION_OUT_OF_RANGE) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
