package dev.cloze.benchmarks;

/** What this process has used of the processors, which neither other work nor a pause lengthens. */
public final class ProcessorTime {

    private ProcessorTime() {}

    /** Of all its threads, since it began. */
    public static double seconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }
}
