package dev.cloze.benchmarks;

import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the start of the process to the first prediction's line, natives unpacked and files in the page cache. */
final class Start {

    private static final List<String> PLAIN = List.of("--enable-native-access=ALL-UNNAMED");

    private final Settings settings;
    private final PrintStream out;

    Start(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    void run(Shape shape) throws IOException {
        out.printf("%n### Start to first prediction, cloze-tiny-en (seconds)%n%n");
        out.println("| JVM | transformers | Cloze | times as fast | rounds |");
        out.println("|---|---:|---:|---:|---|");
        row("plain", shape, PLAIN);
        row("with a class-data archive", shape, withArchive());
    }

    private void row(String name, Shape shape, List<String> options) throws IOException {
        List<String> ours = Children.java(FirstPrediction.class, options);
        List<String> theirs = theirs(shape);
        int threads = settings.threads();
        Children.secondsToFirstLine(theirs, threads);
        Children.secondsToFirstLine(ours, threads);
        Duel duel = Duel.of(
                settings.rounds(),
                () -> Children.secondsToFirstLine(ours, threads),
                () -> Children.secondsToFirstLine(theirs, threads));
        out.printf(
                "| %s | %.2f | %.2f | **%.2f** | %s |%n", name, duel.their(), duel.our(), duel.ratio(), duel.spread());
    }

    /** Class-data sharing of the application's classes too; the first run writes the archive. */
    private List<String> withArchive() throws IOException {
        Path archive = settings.work().resolve("first-prediction.jsa").toAbsolutePath();
        List<String> write = new ArrayList<>(PLAIN);
        write.add("-XX:ArchiveClassesAtExit=" + archive);
        write.add("-Xlog:disable");
        Children.secondsToFirstLine(Children.java(FirstPrediction.class, write), settings.threads());
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
