package dev.cloze.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes that keep a core busy each, until they are closed. */
final class Neighbours implements AutoCloseable {

    private final List<Process> processes = new ArrayList<>();

    private Neighbours() {}

    static Neighbours of(int count) throws IOException {
        Neighbours neighbours = new Neighbours();
        for (int i = 0; i < count; i++) {
            neighbours.processes.add(
                    new ProcessBuilder(Children.java(Neighbours.class, List.of("-Xmx16m", "-XX:+UseSerialGC")))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        }
        for (Process process : neighbours.processes) {
            process.getInputStream().read(); // it is at work
        }
        return neighbours;
    }

    /** What each runs; it ends with the process that started it, whose end closes its input. */
    public static void main(String[] arguments) throws IOException {
        System.out.write('.');
        System.out.flush();
        long turns = 0;
        while (turns++ % (1 << 24) != 0 || System.in.available() == 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
