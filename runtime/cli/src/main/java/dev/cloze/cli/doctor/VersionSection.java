package dev.cloze.cli.doctor;

import dev.cloze.cli.Version;
import dev.cloze.runtime.engine.LoadedLibtorch;

/** Versions of Cloze, Java and the system. */
final class VersionSection implements Section {

    @Override
    public String title() {
        return "Versions";
    }

    @Override
    public void examine(Report report) {
        Runtime machine = Runtime.getRuntime();
        report.fact("Cloze", Version.ofCloze());
        report.fact(
                "Java",
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                        + System.getProperty("java.home"));
        report.fact(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch") + ", " + machine.availableProcessors() + " processors, "
                        + (machine.maxMemory() >> 20) + " MiB of heap at most");
        report.fact("DJL", LoadedLibtorch.djlVersion());
    }
}
