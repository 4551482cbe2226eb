package dev.cloze.benchmarks;

import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code LoadStages MODEL} opens a model once, as a program that has just started does, and prints what each part of it takes.
 *
 * <p>The compiler's threads work on behind what made them: part of a stage's processor time is that of those before it.
 */
final class LoadStages {

    private long lastWall = System.nanoTime();
    private long lastProcessor;

    private LoadStages() {}

    public static void main(String[] arguments) {
        System.out.println("| stage | seconds | processor seconds | compiler, so far |");
        System.out.println("|---|---:|---:|---:|");
        new LoadStages().run(arguments[0]);
    }

    private void run(String name) {
        after("the JVM's start");
        ComputeDevice device = ComputeDevice.chosen();
        after("libtorch");
        ModelFolder folder = ModelResolver.standard().resolve(name);
        after("the model's place");
        try (Tokenizer tokenizer = Tokenizer.open(folder.path());
                Backbone backbone = tokenizerThenBackbone(folder, device)) {
            after("weights and kernels");
            int[] ids = tokenizer.encode(FirstWords.TEXT, true);
            int[] row = Arrays.copyOf(ids, ids.length + 1);
            backbone.scores(
                    List.of(new TokenRow(row, new int[row.length], new int[] {ids.length})), new int[] {1, 2}, false);
            after("scores of two words");
            if (backbone instanceof TextBackbone text) {
                for (String what : List.of("a word, and matrices in oneDNN's order", "a word once more")) {
                    text.read(List.of(ids), GenerationOptions.defaults().maxTokens(), Injection.NONE)
                            .close();
                    after(what);
                }
            }
            tokenizer.vocabulary();
            after("the vocabulary that label words are checked with");
        }
        folder.weightsHash();
        after("the weights' hash, which archives hold");
    }

    private Backbone tokenizerThenBackbone(ModelFolder folder, ComputeDevice device) {
        after("tokenizer");
        return BackboneFamilies.load(folder, device);
    }

    private void after(String stage) {
        long wall = System.nanoTime();
        long processor = Math.round(ProcessorTime.seconds() * 1e9);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f |%n",
                stage,
                (wall - lastWall) / 1e9,
                (processor - lastProcessor) / 1e9,
                ManagementFactory.getCompilationMXBean().getTotalCompilationTime() / 1e3);
        lastWall = System.nanoTime();
        lastProcessor = processor;
    }
}
