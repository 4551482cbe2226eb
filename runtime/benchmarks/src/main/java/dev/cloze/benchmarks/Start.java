package dev.cloze.benchmarks;

import dev.cloze.annotations.Tuning;
import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the start of the process to the line of its first answer, natives unpacked and files in the page cache. */
final class Start {

    private static final List<String> PLAIN = List.of("--enable-native-access=ALL-UNNAMED");

    /** For programs that end soon: what the optimizing compiler costs it never earns there. */
    private static final List<String> SHORT = List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1");

    private final Settings settings;
    private final PrintStream out;

    Start(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Of the quick model, and of SmolLM2 where it is there. */
    void run(Shape shape) throws IOException {
        out.printf(
                "%n### Start to first answer (seconds from the process's start, and processor seconds until then)%n%n");
        out.println(
                "| what | transformers | Cloze | times as fast | rounds | transformers, processor | Cloze, processor |");
        out.println("|---|---:|---:|---:|---|---:|---:|");
        String name = Tuning.QUICK_BACKBONE;
        List<String> theirs = theirs(shape);
        row(name + ", a label", theirs, Children.java(FirstPrediction.class, PLAIN, name, "."));
        row(
                "the same with a class-data archive",
                theirs,
                Children.java(FirstPrediction.class, withArchive(name), name, "."));
        Optional<Path> smol = settings.realModel(SmolLm2.NAME);
        if (smol.isPresent()) {
            String folder = smol.get().toString();
            row(
                    SmolLm2.NAME + ", a label",
                    SmolLm2.theirs(settings, folder, FirstPrediction.TEXT + " It was", 0),
                    Children.java(FirstPrediction.class, PLAIN, folder, ""));
            List<String> theirWord = SmolLm2.theirs(settings, folder, FirstWords.TEXT, 1);
            row(SmolLm2.NAME + ", a word", theirWord, Children.java(FirstWords.class, PLAIN, folder, "1"));
            row(
                    "the same with -XX:TieredStopAtLevel=1",
                    theirWord,
                    Children.java(FirstWords.class, SHORT, folder, "1"));
        }
    }

    private void row(String name, List<String> theirs, List<String> ours) throws IOException {
        int threads = settings.threads();
        Children.run(theirs, threads);
        Children.run(ours, threads);
        List<Double> theirProcessor = new ArrayList<>();
        List<Double> ourProcessor = new ArrayList<>();
        Duel duel =
                Duel.of(settings.rounds(), () -> seconds(ours, ourProcessor), () -> seconds(theirs, theirProcessor));
        out.printf(
                "| %s | %.2f | %.2f | **%.2f** | %s | %.2f | %.2f |%n",
                name,
                duel.their(),
                duel.our(),
                duel.ratio(),
                duel.spread(),
                Duel.median(theirProcessor),
                Duel.median(ourProcessor));
    }

    private double seconds(List<String> command, List<Double> processor) throws IOException {
        Children.Said said = Children.run(command, settings.threads());
        processor.add(said.report().get("processor_seconds").getAsDouble());
        return said.seconds();
    }

    /** Class-data sharing of the application's classes too; the first run writes the archive. */
    private List<String> withArchive(String model) throws IOException {
        Path archive = settings.work().resolve("first-prediction.jsa").toAbsolutePath();
        List<String> write = new ArrayList<>(PLAIN);
        write.add("-XX:ArchiveClassesAtExit=" + archive);
        write.add("-Xlog:disable");
        Children.run(Children.java(FirstPrediction.class, write, model, "."), settings.threads());
        List<String> use = new ArrayList<>(PLAIN);
        use.add("-XX:SharedArchiveFile=" + archive);
        use.add("-Xlog:disable");
        return use;
    }

    private List<String> theirs(Shape shape) {
        List<String> command = new ArrayList<>(List.of(
                settings.python().toString(),
                settings.scripts().resolve("peer_start.py").toString(),
                shape.folder().toString(),
                FirstPrediction.TEXT + " It was [MASK]."));
        try (LanguageModel model = LanguageModel.open(shape.folder().toString())) {
            for (int id : Inputs.of(model, 1, 1).wordIds()) {
                command.add(Integer.toString(id));
            }
        }
        return command;
    }
}
