package dev.cloze.build;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.AtomicFile;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.checkpoint.folder.FileStock;
import dev.cloze.runtime.checkpoint.folder.ModelFiles;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.hub.ModelEnvironment;
import dev.cloze.runtime.checkpoint.hub.ProxyVariables;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays out what the compiler reads of models, {@code config.json} and the tokenizer's files, in a folder for {@code
 * -Acloze.models}.
 *
 * @param folder gets a folder {@code NAME} for each model
 * @param names models, as {@code @Tuning(backbone)} names them
 * @param weights whether the models' weights are to be on this machine afterwards, for what the build runs; they stay in the
 *     hub's cache, where models are looked for
 */
public record CompilerModels(Path folder, List<String> names, boolean weights) {

    public CompilerModels {
        names = List.copyOf(names);
    }

    /**
     * Downloads what is nowhere on this machine, and copies what changed.
     *
     * @param offline the setting that forbids downloads, beside those of the environment; empty where none does
     * @param proxies those of the build tool's settings, which count before the variables of the environment; null where it has none
     * @return the models' folders
     * @throws ClozeException MODEL_NOT_FOUND, MODEL_OFFLINE, MODEL_INCOMPLETE, MODEL_UNSUPPORTED, TOKENIZER_UNREADABLE, CONFIG_SETTING,
     *     those of a download, DISK_WRITE
     */
    public List<Path> layOut(String offline, @Nullable ProxyVariables proxies) {
        ModelResolver resolver = ModelResolver.in(environment(offline, proxies));
        List<Path> folders = new ArrayList<>();
        for (String name : names) {
            ModelFolder model = weights ? resolver.resolve(name) : resolver.resolveWithoutWeights(name);
            folders.add(copied(model));
        }
        return List.copyOf(folders);
    }

    private static ModelEnvironment environment(String offline, @Nullable ProxyVariables proxies) {
        ModelEnvironment found = ModelEnvironment.system();
        ModelEnvironment through = proxies == null ? found : found.through(proxies);
        return offline.isEmpty() || found.offline() ? through : through.offline(offline);
    }

    /** What is equal stays as it is, so that builds which look at times compile nothing anew. */
    private Path copied(ModelFolder model) {
        Path target = target(model);
        try {
            DiskFolders.make(target);
            for (String file :
                    ModelFiles.withoutWeights(FileStock.of(model.path())).needed()) {
                byte[] content = Files.readAllBytes(model.path().resolve(file));
                Path copy = target.resolve(file);
                if (!Files.exists(copy) || Files.mismatch(copy, model.path().resolve(file)) >= 0) {
                    AtomicFile.write(copy, output -> output.write(content));
                }
            }
            return target;
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    "The tokenizer of \"" + model.name() + "\" could not be copied to " + target + ": " + e.getMessage()
                            + ".\n  Is there space left, and may this user write there?",
                    e);
        }
    }

    /** A model that is named by an absolute path is read where it is. */
    private Path target(ModelFolder model) {
        Path own = folder.toAbsolutePath().normalize();
        Path target = own.resolve(model.name()).normalize();
        if (!target.startsWith(own) && !Path.of(model.name()).isAbsolute()) {
            throw new ClozeException(
                    Problem.CONFIG_SETTING,
                    "The model \"" + model.name() + "\" is named by a path that leads out of " + own
                            + ", where the compiler is to find it.\n  Name it by its absolute path, or give the compiler"
                            + " -Acloze.models with the folder that it is in.");
        }
        return target;
    }
}
