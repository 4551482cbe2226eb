package dev.cloze.runtime.checkpoint.resolution;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.checkpoint.folder.LocalModel;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.ModelSource;
import dev.cloze.runtime.checkpoint.folder.Place;
import dev.cloze.runtime.checkpoint.hub.HubCache;
import dev.cloze.runtime.checkpoint.hub.HubSource;
import dev.cloze.runtime.checkpoint.hub.ModelEnvironment;
import dev.cloze.vocabulary.folder.KnownModels;
import dev.cloze.vocabulary.folder.ModelName;
import dev.cloze.vocabulary.folder.UserPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Finds the folder of a model by name: in {@code cloze.models}, on the class path, in the Hugging Face cache, and at
 * last on the hub, from where it is downloaded unless that is switched off. A path to a folder is a name too.
 */
public final class ModelResolver {

    private final ModelEnvironment environment;
    private final List<ModelSource> local;
    private final HubSource hub;

    /** One that asks this hub. */
    public ModelResolver(ModelEnvironment environment, HubSource hub) {
        this.environment = environment;
        this.hub = hub;
        this.local = List.of(
                FolderSource.ofPaths(),
                FolderSource.of(environment.modelFolders()),
                new ClassPathSource(environment.classLoader(), environment.cache()),
                new HubCache(environment.hubCache()));
    }

    /** Looks where the properties and variables of this process say. */
    public static ModelResolver standard() {
        return in(ModelEnvironment.system());
    }

    /** Looks where this environment says. */
    public static ModelResolver in(ModelEnvironment environment) {
        return new ModelResolver(environment, new HubSource(environment));
    }

    /**
     * The folder of a model, downloaded if it is nowhere on this machine.
     *
     * @param nameOrPath {@code bert-base-uncased}, {@code FacebookAI/roberta-base}, either with a revision ({@code
     *     bert-base-uncased@v1.0}), or the path of a folder
     * @throws ClozeException MODEL_NOT_FOUND, MODEL_REVISION, MODEL_INCOMPLETE, MODEL_OFFLINE, and those of a download:
     *     MODEL_DOWNLOAD_REFUSED, MODEL_DOWNLOAD_FAILED, MODEL_CHECKSUM, DISK_WRITE
     */
    public ModelFolder resolve(String nameOrPath) {
        return resolve(nameOrPath, ModelSource::find);
    }

    /**
     * A folder with a model's configuration and tokenizer, which are all that the compiler reads; its weights are neither needed nor
     * downloaded.
     *
     * @throws ClozeException as {@link #resolve(String)}
     */
    public ModelFolder resolveWithoutWeights(String nameOrPath) {
        return resolve(nameOrPath, ModelSource::findWithoutWeights);
    }

    private ModelFolder resolve(String nameOrPath, BiFunction<ModelSource, String, Optional<ModelFolder>> find) {
        for (ModelSource source : sourcesFor(nameOrPath)) {
            Optional<ModelFolder> found = find.apply(source, nameOrPath);
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (!isName(nameOrPath) || KnownModels.isOwn(nameOrPath) || isBelowFolder(nameOrPath)) {
            throw new MissingModel(this, environment, nameOrPath).notFound();
        }
        if (environment.offline()) {
            throw new MissingModel(this, environment, nameOrPath).offline();
        }
        return fromHub(nameOrPath, find).orElseThrow(() -> new MissingModel(this, environment, nameOrPath).notFound());
    }

    /** Where the hub cannot be reached or refuses, the name may be the reason. */
    private Optional<ModelFolder> fromHub(String name, BiFunction<ModelSource, String, Optional<ModelFolder>> find) {
        try {
            return find.apply(hub, name);
        } catch (ClozeException e) {
            throw new MissingModel(this, environment, name).ofHub(e);
        }
    }

    /** {@code Did you mean "x"?}, of models that are here or are known; empty where the name is known or like no other. */
    public String suggestion(String nameOrPath) {
        TreeSet<String> names = new TreeSet<>(localNames());
        Path parent = FolderSource.parent(nameOrPath);
        if (parent != null && parent.getFileName() != null) {
            LocalModel.names(parent).forEach(child -> names.add(parent + "/" + child));
        }
        return KnownModels.suggestion(nameOrPath, names);
    }

    /** {@code models/bert} beside a folder {@code models} is a path that leads nowhere, unless the hub is known to have it. */
    static boolean isBelowFolder(String name) {
        Path parent = FolderSource.parent(ModelName.repository(name));
        return parent != null && Files.isDirectory(parent) && !KnownModels.isOfHub(name);
    }

    /** Each place a model of this name is looked for in, in that order, with what is there; downloads nothing. */
    public List<Place> explain(String nameOrPath) {
        List<Place> places = new ArrayList<>();
        for (ModelSource source : sourcesFor(nameOrPath)) {
            places.addAll(source.explain(nameOrPath));
        }
        if (isName(nameOrPath) && !KnownModels.isOwn(nameOrPath) && !isBelowFolder(nameOrPath)) {
            places.addAll(hub.explain(nameOrPath));
        }
        return List.copyOf(places);
    }

    /** The names of the models that are on this machine, in alphabetical order. */
    public List<String> localNames() {
        TreeSet<String> names = new TreeSet<>();
        local.forEach(source -> names.addAll(source.names()));
        return List.copyOf(names);
    }

    /** What can only be a path is looked for as a path only. */
    private List<ModelSource> sourcesFor(String nameOrPath) {
        return isName(nameOrPath) ? local : local.subList(0, 1);
    }

    static boolean isName(String text) {
        return ModelName.of(text).isPresent() && !UserPath.isMeant(text);
    }
}
