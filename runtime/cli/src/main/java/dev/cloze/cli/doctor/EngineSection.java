package dev.cloze.cli.doctor;

import dev.cloze.runtime.engine.Libtorch;
import dev.cloze.runtime.engine.LoadedLibtorch;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether libtorch can be loaded, and which. */
final class EngineSection implements Section {

    private boolean loaded;

    /** Whether it could be. */
    boolean loaded() {
        return loaded;
    }

    @Override
    public String title() {
        return "Engine";
    }

    @Override
    public void examine(Report report) {
        report.fact("needs", "libtorch " + Libtorch.VERSION);
        LoadedLibtorch libtorch = LoadedLibtorch.load();
        loaded = true;
        report.fact("libtorch", libtorch.version());
        report.fact("flavour", libtorch.flavour());
        report.fact("folder", libtorch.folder());
        report.fact("threads", libtorch.threads() + " an operation (OMP_NUM_THREADS)");
        if (libtorch.flavour().startsWith("cpu") && Files.exists(Path.of("/proc/driver/nvidia/version"))) {
            report.fact(
                    "hint",
                    "there is an NVIDIA driver; to use its GPU set " + Libtorch.PATH_VARIABLE
                            + " to the lib folder of a CUDA libtorch " + Libtorch.VERSION + ", and "
                            + Libtorch.FLAVOR_VARIABLE + "=cu128");
        }
    }
}
