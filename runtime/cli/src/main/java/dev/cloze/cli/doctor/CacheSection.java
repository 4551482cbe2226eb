package dev.cloze.cli.doctor;

import dev.cloze.runtime.checkpoint.hub.ModelEnvironment;
import dev.cloze.runtime.engine.LoadedLibtorch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folders that are filled in the course of time, and whether they can be. */
final class CacheSection implements Section {

    @Override
    public String title() {
        return "Caches";
    }

    @Override
    public void examine(Report report) {
        ModelEnvironment environment = ModelEnvironment.system();
        cache(report, "libtorch (DJL)", LoadedLibtorch.cache(), "DJL_CACHE_DIR");
        cache(report, "unpacked models", environment.cache(), "CLOZE_CACHE");
        cache(report, "Hugging Face", environment.hubCache(), "HF_HUB_CACHE");
    }

    private static void cache(Report report, String name, Path folder, String variable) {
        if (Files.isDirectory(folder)) {
            report.fact(name, folder + " (" + (size(folder) >> 20) + " MiB; " + variable + ")");
        } else {
            report.fact(name, folder + " (not there yet; " + variable + ")");
        }
        Path standing = standing(folder);
        if (standing == null || !canWrite(standing)) {
            report.problem("The cache " + folder + " cannot be written.\n  Set " + variable
                    + " to a folder that can be, or let this user write there.");
        }
    }

    /** Whether it can be is only known by trying: permissions are not all there is. */
    private static boolean canWrite(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, ".cloze-doctor", null));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The folder itself or the nearest above it that is there. */
    private static @Nullable Path standing(Path folder) {
        Path at = folder.toAbsolutePath();
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at;
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(CacheSection::length)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
