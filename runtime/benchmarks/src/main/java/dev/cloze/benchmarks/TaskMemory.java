package dev.cloze.benchmarks;

import com.sun.jna.Function;
import com.sun.jna.Structure;
import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.PromptEngine;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.ServedPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a task adds to the memory of an engine, in a process of its own: what the C library has given out, and the objects in Java's
 * heap. Resident memory is no measure of it, as what batches have taken and given back stays in an allocator's lists, tens of MiB
 * more or fewer from one run to the next.
 */
final class TaskMemory {

    private static final int ADDED = 1024;
    private static final int ASKED = 64;
    private static final int WARMING = 5;

    private TaskMemory() {}

    /**
     * {@code TaskMemory MODEL METHOD FOLDER}: what 1024 tasks add beside twice as many, half of which before have been asked in batches
     * of all sizes until oneDNN has its code for each, some hundred MiB whatever the tasks.
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[2]);
        try (PromptEngine engine = PromptEngine.open()) {
            List<ServedPipeline<Review, Sentiment>> served = new ArrayList<>();
            add(engine, served, arguments[0], folder);
            for (int round = 0; round < WARMING; round++) {
                for (int texts = 1; texts <= ASKED; texts++) {
                    ask(served, texts);
                }
                ask(served, ADDED);
            }
            more(engine, served, arguments[0], folder);
            long given = given();
            long heap = heap();
            more(engine, served, arguments[0], folder);
            System.out.printf(
                    Locale.ROOT,
                    "| %s, %s | %.1f | %.1f | %.1f |%n",
                    arguments[0],
                    arguments[1],
                    kilobytes(folder),
                    (given() - given) / (double) ADDED,
                    (heap() - heap) / 1024.0 / ADDED);
        }
    }

    private static void more(
            PromptEngine engine, List<ServedPipeline<Review, Sentiment>> served, String model, Path folder) {
        add(engine, served, model, folder);
        ask(served, served.size());
        ask(served, served.size());
    }

    private static void add(
            PromptEngine engine, List<ServedPipeline<Review, Sentiment>> served, String model, Path folder) {
        for (int i = 0; i < ADDED; i++) {
            served.add(engine.add(PromptPipeline.load(Inputs.task(model), folder)));
        }
    }

    /** So many texts, one task after the other. */
    private static void ask(List<ServedPipeline<Review, Sentiment>> tasks, int texts) {
        ManyTasks.ask(tasks, Collections.nCopies(texts, new Review("a fine film with a poor end")));
    }

    private static double kilobytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    / 1024.0;
        }
    }

    /** Bytes of objects in Java's heap. */
    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Kilobytes that the C library has given out, without the JVM's own: arrays of libtorch, and what describes them. */
    private static long given() {
        System.gc();
        Info info = (Info) Function.getFunction("c", "mallinfo2").invoke(Info.class, new Object[0]);
        long all = (info.uordblks + info.hblkhd) >> 10;
        return all - ResidentMemory.number(ResidentMemory.command("vmNativeMemory", "summary"), "malloc: (\\d+)KB");
    }

    /** The C library's {@code struct mallinfo2}, in bytes. */
    @Structure.FieldOrder({
        "arena",
        "ordblks",
        "smblks",
        "hblks",
        "hblkhd",
        "usmblks",
        "fsmblks",
        "uordblks",
        "fordblks",
        "keepcost"
    })
    public static final class Info extends Structure implements Structure.ByValue {
        public long arena;
        public long ordblks;
        public long smblks;
        public long hblks;
        public long hblkhd;
        public long usmblks;
        public long fsmblks;
        public long uordblks;
        public long fordblks;
        public long keepcost;
    }
}
