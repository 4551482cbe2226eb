package dev.cloze.quarkus.deployment;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.quarkus.ClozeBuildConfig;
import dev.cloze.quarkus.PackagedArchive;
import dev.cloze.quarkus.Settings;
import dev.cloze.runtime.application.TaskCatalog.Bean;
import dev.cloze.runtime.application.TaskFailure;
import dev.cloze.runtime.application.TaskNames;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.HotDeploymentWatchedFileBuildItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Checks archives that are packaged with the application, so that one that doesn't match its task fails the build. */
class PackagedArchiveProcessor {

    @BuildStep
    PackagedArchivesBuildItem check(
            ClozeBuildConfig config,
            TaskBeansBuildItem beans,
            BuildProducer<HotDeploymentWatchedFileBuildItem> watched) {
        List<PackagedArchive> archives = new ArrayList<>();
        config.tasks().forEach((name, task) -> task.packaged().ifPresent(folder -> beans.beans().stream()
                .filter(bean ->
                        TaskNames.alike(bean.name(), name) || TaskNames.alike(name, TaskNames.full(bean.declared())))
                .findFirst()
                .ifPresent(bean -> archives.add(checked(name, bean, trimmed(folder))))));
        for (PackagedArchive archive : archives) {
            archive.files()
                    .forEach(file ->
                            watched.produce(new HotDeploymentWatchedFileBuildItem(archive.folder() + "/" + file)));
        }
        return new PackagedArchivesBuildItem(archives);
    }

    private static String trimmed(String folder) {
        return folder.replaceAll("^/+|/+$", "");
    }

    private static PackagedArchive checked(String name, Bean bean, String folder) {
        String setting = Settings.NAMES.of(name, "packaged");
        List<PackagedArchive> found = new ArrayList<>();
        QuarkusClassLoader.visitRuntimeResources(folder, visit -> {
            if (found.isEmpty() && Files.isDirectory(visit.getPath())) {
                found.add(checked(name, bean, folder, visit.getPath(), setting));
            }
        });
        if (found.isEmpty()) {
            throw TaskFailure.of(
                    Problem.CONFIG_ARCHIVE_MISSING,
                    setting + " is " + folder + ", which is no folder among the application's resources.",
                    "Save the tuned pipeline to src/main/resources/" + folder + ", or leave the setting out.");
        }
        return found.get(0);
    }

    /** Copied first: the folder may lie in a jar. */
    private static PackagedArchive checked(String name, Bean bean, String folder, Path resources, String setting) {
        try {
            Path copy = Files.createTempDirectory("cloze-packaged-");
            try {
                List<String> files = copied(resources, copy);
                bean.declared().check(copy);
                return new PackagedArchive(name, folder, files);
            } catch (ClozeException e) {
                throw TaskFailure.of(
                        e.problem(),
                        "The archive that is packaged for the task " + bean.name() + " doesn't fit it: "
                                + e.details().replace(copy.toString(), folder),
                        "Set " + setting + " to an archive that was made for this task, or tune and save it anew.");
            } finally {
                delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the packaged archive " + folder + " cannot be read", e);
        }
    }

    private static List<String> copied(Path from, Path to) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                Files.copy(file, to.resolve(name));
                names.add(name);
            }
        }
        return names;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
