package dev.cloze.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How long threads that wait stay awake, and what that takes or gives: processes that differ in {@code GOMP_SPINCOUNT} alone
 * take turns, on an idle machine and beside busy processes.
 */
final class WaitingSection {

    /** Turns in place before a thread sleeps; first what Cloze does where nothing is set, last what libgomp does by itself. */
    static final List<String> TURNS = List.of("", "0", "1000", "20000", "300000");

    private static final int BUSY = 4;

    private final Settings settings;
    private final PrintStream out;

    WaitingSection(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    void run(Shape shape) throws IOException {
        List<Child> children = new ArrayList<>();
        try {
            for (String turns : TURNS) {
                children.add(new Child(shape, settings.threads(), turns));
            }
            out.printf(
                    "%n### How long threads wait awake, %s (milliseconds; with nothing set they %s)%n%n",
                    shape.name(), children.get(0).described);
            out.println(
                    "| busy processes | what | nothing set | GOMP_SPINCOUNT=0 | 1000 | 20000 | 300000, as libgomp has it"
                            + " | nothing set: times as fast as libgomp's | rounds |");
            out.println("|---:|---|---:|---:|---:|---:|---:|---:|---|");
            rows(children, WaitingTurns.WORKS, 0, settings.rounds());
            rows(children, WaitingTurns.PREDICTIONS, BUSY, Math.max(1, settings.rounds() / 5)); // which take longer
        } finally {
            for (Child child : children) {
                child.close();
            }
        }
    }

    private void rows(List<Child> children, List<String> works, int busy, int rounds) throws IOException {
        try (Neighbours neighbours = Neighbours.of(busy)) {
            for (String work : works) {
                double[][] milliseconds = new double[TURNS.size()][rounds];
                for (int round = 0; round < rounds; round++) {
                    for (int child : order(round)) {
                        milliseconds[child][round] = children.get(child).milliseconds(work);
                    }
                }
                out.println(row(busy, work, milliseconds));
            }
        }
    }

    /** The places in {@link #TURNS} as a round has them; each round begins with the next one. */
    static List<Integer> order(int round) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, TURNS.size()).boxed().toList());
        Collections.rotate(order, -round);
        return order;
    }

    /** @param milliseconds of a call, by setting and round */
    static String row(int busy, String work, double[][] milliseconds) {
        StringBuilder row = new StringBuilder("| %d | %s |".formatted(busy, work));
        Arrays.stream(milliseconds)
                .forEach(rounds -> row.append(String.format(Locale.ROOT, " %.1f |", Duel.median(rounds))));
        Duel duel = new Duel(milliseconds[0], milliseconds[milliseconds.length - 1], Double.NaN);
        return row + String.format(Locale.ROOT, " **%.2f** | %s |", duel.ratio(), duel.spread());
    }

    /** A process with one of the settings, which measures when it is asked. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedWriter requests;
        private final BufferedReader answers;

        /** What it says of its waiting threads. */
        private final String described;

        Child(Shape shape, int threads, String turns) throws IOException {
            List<String> options = List.of("--enable-native-access=ALL-UNNAMED", "-Dcloze.threads=" + threads);
            process = Children.bare(
                            Children.java(
                                    WaitingTurns.class, options, shape.folder().toString()),
                            turns.isEmpty() ? Map.of() : Map.of("GOMP_SPINCOUNT", turns))
                    .start();
            requests = process.outputWriter(StandardCharsets.UTF_8);
            answers = process.inputReader(StandardCharsets.UTF_8);
            described = answer();
        }

        double milliseconds(String work) throws IOException {
            requests.write(work);
            requests.newLine();
            requests.flush();
            return Double.parseDouble(answer());
        }

        private String answer() throws IOException {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("A process that measures has ended; its last words are on standard error.");
            }
            return answer;
        }

        @Override
        public void close() throws IOException {
            requests.close(); // the end of its input is the end of it
            process.onExit().join();
        }
    }
}
