package dev.cloze.runtime.checkpoint.hub;

import com.google.gson.JsonObject;
import dev.cloze.runtime.checkpoint.config.ConfigFiles;
import dev.cloze.runtime.checkpoint.file.AtomicFile;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.checkpoint.folder.ModelFiles;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.vocabulary.folder.EmbeddingRows;
import dev.cloze.vocabulary.folder.ModelName;
import dev.cloze.vocabulary.folder.TokenizerFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The download of one model into the cache, in the layout of Hugging Face's own libraries: first all blobs, then the
 * links that make a snapshot, at last the name of the revision, so that nothing is seen before it is whole.
 */
final class HubDownload {

    private static final Logger LOG = LoggerFactory.getLogger(HubDownload.class);

    private final ModelEnvironment environment;
    private final Patience patience;
    private final BlobDownload.Disk disk;
    private final ModelName name;
    private final String model;
    private final Path folder;
    private final HubProblems problems;
    private final HubClient client;

    HubDownload(ModelEnvironment environment, Patience patience, BlobDownload.Disk disk, ModelName name, Path folder) {
        this.environment = environment;
        this.patience = patience;
        this.disk = disk;
        this.name = name;
        this.model = name.toString();
        this.folder = folder;
        this.problems = new HubProblems(environment, name);
        this.client = new HubClient(environment, patience);
    }

    /**
     * The snapshot's folder; nothing if the hub has no such model.
     *
     * @param weights whether those are wanted too
     */
    Optional<Path> run(boolean weights) throws IOException {
        problems.checkSettings();
        HubRepository repository = new HubRepository(environment, client, patience, problems, name);
        Optional<String> commit = repository.commit();
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        Path blobs = DiskFolders.make(folder.resolve("blobs"));
        HubStock stock = new HubStock(repository, file -> fetch(file, blobs));
        JsonObject config =
                ModelFolder.config(fetch(stock.files(List.of(ConfigFiles.MODEL)).get(0), blobs));
        ModelFolder.requireSupported(model, config);
        ModelFiles files = weights ? ModelFiles.of(stock) : ModelFiles.withoutWeights(stock);
        if (!files.complete()) {
            throw problems.incomplete(files.missing());
        }
        Map<String, Path> downloaded = fetchAll(stock.files(files.needed()), config, blobs);
        Path snapshot = link(downloaded, folder.resolve("snapshots").resolve(commit.get()));
        remember(commit.get());
        return Optional.of(snapshot);
    }

    /** A branch or a tag gets a file that names its commit; a commit is found by itself. */
    private void remember(String commit) {
        String revision = name.revision() == null ? HubCache.NEWEST : name.revision();
        if (!revision.equals(commit)) {
            AtomicFile.write(
                    HubCache.reference(folder, revision),
                    output -> output.write(commit.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Path fetch(RemoteFile file, Path blobs) throws IOException {
        try (DownloadProgress progress = new DownloadProgress(file.name(), file.size())) {
            return new BlobDownload(client, patience, problems, disk, progress).into(blobs, file);
        }
    }

    private Map<String, Path> fetchAll(List<RemoteFile> files, JsonObject config, Path blobs) throws IOException {
        long total = files.stream().mapToLong(file -> Math.max(0, file.size())).reduce(0, (a, b) -> saturated(a + b));
        checkSpace(files, blobs);
        LOG.info(
                "Downloading {} ({}) from {} to {}",
                model,
                HubProblems.megabytes(total),
                environment.endpoint(),
                folder);
        Map<String, Path> downloaded = new LinkedHashMap<>();
        try (DownloadProgress progress = new DownloadProgress(model, total)) {
            BlobDownload download = new BlobDownload(client, patience, problems, disk, progress);
            for (RemoteFile file : files) {
                if (ModelFiles.isFirstOfWeights(file.name())) {
                    checkTokenizer(downloaded, config);
                }
                downloaded.put(file.name(), download.into(blobs, file));
            }
            if (files.stream().noneMatch(file -> ModelFiles.isFirstOfWeights(file.name()))) {
                checkTokenizer(downloaded, config);
            }
        }
        return downloaded;
    }

    /** Refuses a tokenizer that cannot be read, or is not the model's, before its weights are fetched. */
    private void checkTokenizer(Map<String, Path> downloaded, JsonObject config) {
        TokenizerFolder tokenizer = TokenizerFolder.open(downloaded, environment.endpoint() + "/" + name.repository());
        EmbeddingRows.require(model, config, TokenizerFolder.ids(tokenizer.tokenizer()));
    }

    private void checkSpace(List<RemoteFile> files, Path blobs) throws IOException {
        long needed = 0;
        for (RemoteFile file : files) {
            Path blob = blobs.resolve(file.blobName());
            Path incomplete = blobs.resolve(file.blobName() + ".incomplete");
            long there = Files.exists(blob) ? file.size() : Files.exists(incomplete) ? Files.size(incomplete) : 0;
            needed = saturated(needed + Math.max(0, file.size() - there));
        }
        long free = Files.getFileStore(blobs).getUsableSpace();
        if (needed > free) {
            throw problems.space(blobs, needed, free);
        }
    }

    /** A hub may announce anything. */
    private static long saturated(long sum) {
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Links the last of the files first: without config.json nobody takes the folder for a model. */
    private static Path link(Map<String, Path> blobs, Path snapshot) throws IOException {
        DiskFolders.make(snapshot);
        List<String> names = List.copyOf(blobs.keySet());
        for (int i = names.size() - 1; i >= 0; i--) {
            Path blob = Objects.requireNonNull(blobs.get(names.get(i)));
            Path link = snapshot.resolve(names.get(i));
            if (Files.exists(link)) {
                continue;
            }
            Files.deleteIfExists(link);
            Path parent = DiskFolders.make(Objects.requireNonNull(link.getParent()));
            try {
                Files.createSymbolicLink(link, parent.relativize(blob));
            } catch (UnsupportedOperationException | FileSystemException e) {
                // Windows allows links to some users only: the file itself, then, as Hugging Face does it.
                Files.move(blob, link, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return snapshot;
    }
}
