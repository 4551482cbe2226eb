package dev.cloze.benchmarks;

import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Peak memory of a process that trains virtual tokens of SmolLM2, against one that does with PEFT. */
final class SoftMemory {

    private static final int STEPS = 4;

    private SoftMemory() {}

    static void run(Settings settings, Path folder, PrintStream out) throws IOException {
        out.printf("%n### Peak memory of a process that trains %s, frozen, batches of eight (MiB)%n%n", SmolLm2.NAME);
        out.println("| method | PEFT | Cloze | ours in theirs |");
        out.println("|---|---:|---:|---:|");
        for (SoftMethod method : SoftMethod.all(folder.toString())) {
            List<String> theirs = List.of(
                    settings.python().toString(),
                    settings.scripts().resolve("peer_soft.py").toString(),
                    folder.toString(),
                    method.peer(),
                    Integer.toString(STEPS));
            List<String> ours = Children.java(
                    SoftMemory.class, List.of("--enable-native-access=ALL-UNNAMED"), folder.toString(), method.peer());
            List<Double> their = new ArrayList<>();
            List<Double> our = new ArrayList<>();
            for (int i = 0; i < settings.rounds(); i++) {
                their.add(peak(theirs, settings));
                our.add(peak(ours, settings));
            }
            double median = Duel.median(our);
            out.printf(
                    "| %s | %.0f | %.0f | **%.2f** |%n",
                    method.title(), Duel.median(their), median, median / Duel.median(their));
        }
    }

    private static double peak(List<String> command, Settings settings) throws IOException {
        return Children.run(command, settings.threads()).report().get("peak_kb").getAsDouble() / 1024;
    }

    /** {@code SoftMemory MODEL METHOD} trains and says what memory that took. */
    public static void main(String[] arguments) throws IOException {
        SoftMethod method = SoftMethod.all(arguments[0]).stream()
                .filter(one -> one.peer().equals(arguments[1]))
                .findFirst()
                .orElseThrow();
        SoftPairs pairs;
        try (LanguageModel model = LanguageModel.open(arguments[0])) {
            pairs = SoftPairs.of(model, 8);
        }
        pairs.train(method.tuning(), 8, 1, STEPS - 1);
        System.out.println("trained");
        SelfReport.print(0);
    }
}
