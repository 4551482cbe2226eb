package dev.cloze.cli.doctor;

import dev.cloze.runtime.engine.Libtorch;
import dev.cloze.runtime.engine.LoadedLibtorch;
import dev.cloze.runtime.engine.WaitingThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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
        report.fact("threads", libtorch.threads() + " an operation (cloze.threads, CLOZE_THREADS, OMP_NUM_THREADS)");
        report.fact("waiting threads", WaitingThreads.described());
        compare(report, libtorch, Libtorch.setting(Libtorch.PATH_VARIABLE), Libtorch.setting(Libtorch.FLAVOR_VARIABLE));
        if (libtorch.flavour().startsWith("cpu") && Files.exists(Path.of("/proc/driver/nvidia/version"))) {
            report.fact(
                    "hint",
                    "there is an NVIDIA driver; to use its GPU set " + Libtorch.PATH_VARIABLE
                            + " to the lib folder of a CUDA libtorch " + Libtorch.VERSION + ", and "
                            + Libtorch.FLAVOR_VARIABLE + "=cu128");
        }
    }

    /** DJL says nothing where it takes another libtorch than the one asked for. */
    private static void compare(
            Report report, LoadedLibtorch libtorch, @Nullable String wantedFolder, @Nullable String wantedFlavour) {
        if (wantedFolder != null && !sameFolder(Path.of(wantedFolder), libtorch.folder())) {
            report.problem("There is no libtorch in " + Libtorch.PATH_VARIABLE + "=" + wantedFolder
                    + ", so another one is used.\n  Unset " + Libtorch.PATH_VARIABLE
                    + ", or set it to the folder that holds libtorch's libraries (libtorch/lib, torch/lib).");
        }
        if (wantedFlavour != null && !wantedFlavour.equals(libtorch.flavour())) {
            report.problem(Libtorch.FLAVOR_VARIABLE + "=" + wantedFlavour + " asks for another flavour than "
                    + libtorch.flavour() + ", which is used.\n  Unset " + Libtorch.FLAVOR_VARIABLE + ", or set "
                    + Libtorch.PATH_VARIABLE + ", too, to a libtorch of that flavour.");
        }
    }

    private static boolean sameFolder(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
