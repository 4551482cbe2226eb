package dev.cloze.benchmarks;

/** What a process has used of the processors, which neither other work nor a pause lengthens. */
public final class ProcessorTime {

    private ProcessorTime() {}

    /** This one's, of all its threads, since it began. */
    public static double seconds() {
        return seconds(ProcessHandle.current());
    }

    static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }
}
