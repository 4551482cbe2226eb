package dev.cloze.runtime.checkpoint.hub;

import dev.cloze.runtime.checkpoint.file.ProcessLock;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.ModelSource;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.folder.Place;
import dev.cloze.vocabulary.folder.ModelName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Models of the Hugging Face hub, downloaded into its cache by one process at a time. */
public final class HubSource implements ModelSource {

    private final ModelEnvironment environment;
    private final Patience patience;
    private final BlobDownload.Disk disk;

    /** With the patience that a user has. */
    public HubSource(ModelEnvironment environment) {
        this(environment, Patience.STANDARD, BlobDownload.REAL_DISK);
    }

    HubSource(ModelEnvironment environment, Patience patience, BlobDownload.Disk disk) {
        this.environment = environment;
        this.patience = patience;
        this.disk = disk;
    }

    /** The model, downloaded; nothing if the hub has none of this name, MODEL_REVISION if it has, but not of this revision. */
    @Override
    public Optional<ModelFolder> find(String text) {
        return ModelName.of(text).flatMap(name -> find(name, true));
    }

    /** The same, of which configuration and tokenizer alone are downloaded. */
    @Override
    public Optional<ModelFolder> findWithoutWeights(String text) {
        return ModelName.of(text).flatMap(name -> find(name, false));
    }

    @SuppressWarnings("try") // the lock is only held
    private Optional<ModelFolder> find(ModelName name, boolean weights) {
        HubCache cache = new HubCache(environment.hubCache());
        Path folder = cache.modelFolder(name.repository());
        HubProblems problems = new HubProblems(environment, name);
        Path lockFile = environment
                .hubCache()
                .resolve(".locks")
                .resolve(folder.getFileName())
                .resolve("cloze.lock");
        try (ProcessLock lock = ProcessLock.acquire(
                lockFile, "Another process is downloading the model " + name + "; waiting for it")) {
            Optional<ModelFolder> downloadedMeanwhile =
                    weights ? cache.find(name.toString()) : cache.findWithoutWeights(name.toString());
            return downloadedMeanwhile.isPresent()
                    ? downloadedMeanwhile
                    : new HubDownload(environment, patience, disk, name, folder)
                            .run(weights)
                            .map(snapshot -> new ModelFolder(name.toString(), snapshot, Origin.HUB));
        } catch (IOException e) {
            throw problems.disk(folder, e);
        }
    }

    @Override
    public List<Place> explain(String name) {
        String address = environment.endpoint() + "/" + ModelName.repository(name)
                + ModelName.of(name)
                        .flatMap(one -> Optional.ofNullable(one.revision()))
                        .map(revision -> "/tree/" + revision)
                        .orElse("");
        return List.of(
                environment.offline()
                        ? new Place(
                                Origin.HUB,
                                address,
                                Place.State.SWITCHED_OFF,
                                "downloads are switched off by " + environment.offlineBecause())
                        : new Place(Origin.HUB, address, Place.State.NOT_ASKED, "asked last"));
    }

    @Override
    public List<String> names() {
        return List.of();
    }
}
