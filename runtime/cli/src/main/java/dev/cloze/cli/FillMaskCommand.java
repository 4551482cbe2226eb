package dev.cloze.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloze.annotations.Tuning;
import dev.cloze.runtime.classification.MaskFiller;
import dev.cloze.runtime.classification.MaskFiller.Filling;
import dev.cloze.runtime.spi.DefaultBackbone;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.workbench.MaskText;
import dev.cloze.runtime.workbench.TokenText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the tokens a model expects at the mask. */
@Command(name = "fill-mask", description = "Prints the tokens a model expects at the mask, the most probable first.")
final class FillMaskCommand implements Callable<Integer> {

    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    @Option(
            names = "--model",
            paramLabel = "NAME|DIR",
            description = "A model's name or folder; " + Tuning.DEFAULT_BACKBONE + " otherwise.")
    private String model = DefaultBackbone.name();

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "5",
            description = "How many tokens, 1 to the size of the vocabulary; ${DEFAULT-VALUE} otherwise.")
    private int top;

    @Option(
            names = "--json",
            description =
                    "Print nothing on standard output but an array of {\"token\", \"text\", \"id\", \"probability\"}: as the"
                            + " vocabulary spells it, and as characters.")
    private boolean json;

    @Parameters(
            paramLabel = "TEXT",
            description =
                    "The text, with {mask} where a word is missing, at the end for a decoder: \"Paris is the capital"
                            + " of {mask}.\"")
    private String text;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    FillMaskCommand() {}

    /** A filling, with the token in characters too. */
    private record Shown(String token, String text, int id, double probability) {

        static Shown of(Filling filling, Tokenizer tokenizer) {
            return new Shown(
                    filling.token(), TokenText.of(tokenizer, filling.id()), filling.id(), filling.probability());
        }
    }

    @Override
    public Integer call() {
        if (top < 1) {
            throw usage("--top is " + top + ", but at least one token must be asked for.");
        }
        MaskText.check(text);
        try (MaskFiller filler = MaskFiller.open(model)) {
            if (top > filler.vocabularySize()) {
                throw usage("--top is " + top + ", but the vocabulary of " + model + " has " + filler.vocabularySize()
                        + " tokens.");
            }
            Tokenizer tokenizer = filler.model().tokenizer();
            print(
                    spec.commandLine().getOut(),
                    filler.fill(text, top).stream()
                            .map(filling -> Shown.of(filling, tokenizer))
                            .toList());
        }
        return 0;
    }

    private void print(PrintWriter out, List<Shown> fillings) {
        if (json) {
            out.println(JSON.toJson(fillings));
            return;
        }
        List<String> texts = fillings.stream()
                .map(filling -> TokenText.onOneLine(filling.text()))
                .toList();
        int width = texts.stream().mapToInt(String::length).max().orElse(0);
        for (int i = 0; i < texts.size(); i++) {
            Shown filling = fillings.get(i);
            String padding = " ".repeat(width - texts.get(i).length());
            out.println(String.format(
                    Locale.ROOT, "%.4f  %s%s  %d", filling.probability(), texts.get(i), padding, filling.id()));
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
