package dev.cloze.benchmarks;

import dev.cloze.annotations.Precision;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A published model of 135 million parameters: tokens a second, and the memory of a process that writes a text with it. */
final class SmolLm2 {

    static final String NAME = "SmolLM2-135M-Instruct";

    private static final int TOKENS = 64;

    /** What is said of memory, by the names of the processes' reports. */
    private static final Map<String, String> MEMORY = new TreeMap<>(Map.of(
            "peak_kb", "at its peak",
            "own_kb", "at the end, of its own",
            "files_kb", "at the end, pages of files"));

    private final Settings settings;
    private final Peer peer;
    private final PrintStream out;

    SmolLm2(Settings settings, Peer peer, PrintStream out) {
        this.settings = settings;
        this.peer = peer;
        this.out = out;
    }

    void run() throws IOException {
        Optional<Path> folder = folder();
        if (folder.isPresent()) {
            new Generation(settings, peer, out).run(new Shape(NAME, folder.orElseThrow(), 0, 0));
            memory(folder.orElseThrow().toString());
        }
    }

    /** Writing beside llama.cpp, if it is there. */
    void llama() throws IOException, InterruptedException {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            return;
        }
        if (settings.llama().isEmpty()) {
            out.printf("%nNot beside llama.cpp: no Python that has it is named (--llama).%n");
            return;
        }
        new LlamaCpp(settings, settings.llama().orElseThrow(), out).run(new Shape(NAME, folder.orElseThrow(), 0, 0));
    }

    /** The methods that train virtual tokens: steps, writing behind a prefix, memory. */
    void soft() throws IOException {
        Optional<Path> folder = folder();
        if (folder.isPresent()) {
            Shape shape = new Shape(NAME, folder.orElseThrow(), 0, 4);
            new SoftSteps(settings, peer, out).pairs(shape);
            if (settings.soft().contains("writing")) {
                new Generation(settings, peer, out).prefixed(shape);
            }
            if (settings.soft().contains("memory")) {
                SoftMemory.run(settings, folder.orElseThrow(), out);
            }
        }
    }

    private Optional<Path> folder() {
        Optional<Path> folder = settings.realModel(NAME);
        if (folder.isEmpty()) {
            out.printf("%n%s is not there: runtime/testkit/models.sh brings it.%n", NAME);
        }
        return folder;
    }

    private void memory(String folder) throws IOException {
        List<String> theirs = theirs(settings, folder, FirstWords.TEXT, TOKENS);
        List<String> ours = ours(folder, Precision.FLOAT32);
        List<String> halved = ours(folder, Precision.BFLOAT16);
        List<Children.Said> their = new ArrayList<>();
        List<Children.Said> our = new ArrayList<>();
        List<Children.Said> half = new ArrayList<>();
        for (int i = 0; i < settings.rounds(); i++) {
            their.add(Children.run(theirs, settings.threads()));
            our.add(Children.run(ours, settings.threads()));
            half.add(Children.run(halved, settings.threads()));
        }
        out.printf("%n### Memory of a process that writes %d tokens with %s (MiB)%n%n", TOKENS, NAME);
        out.println("| memory | transformers | Cloze | ours in theirs | in bfloat16 |");
        out.println("|---|---:|---:|---:|---:|");
        MEMORY.forEach((key, name) -> out.printf(
                "| %s | %.0f | %.0f | **%.2f** | %.0f |%n",
                name,
                mebibytes(their, key),
                mebibytes(our, key),
                mebibytes(our, key) / mebibytes(their, key),
                mebibytes(half, key)));
    }

    private static List<String> ours(String folder, Precision precision) {
        String name = precision.name().toLowerCase(Locale.ROOT);
        return Children.java(
                FirstWords.class,
                List.of("--enable-native-access=ALL-UNNAMED", "-Dcloze.precision=" + name),
                folder,
                Integer.toString(TOKENS));
    }

    private static double mebibytes(List<Children.Said> said, String key) {
        return Duel.median(said.stream()
                .map(each -> each.report().get(key).getAsDouble() / 1024)
                .toList());
    }

    /** The command that does the same with transformers; no tokens are the probabilities of labels. */
    static List<String> theirs(Settings settings, String folder, String text, int tokens) {
        return List.of(
                settings.python().toString(),
                settings.scripts().resolve("peer_start_text.py").toString(),
                folder,
                text,
                Integer.toString(tokens));
    }
}
