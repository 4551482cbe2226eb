package dev.cloze.runtime.checkpoint.hub;

import dev.cloze.runtime.checkpoint.ShardIndex;
import dev.cloze.runtime.checkpoint.folder.FileStock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a model on the hub, each asked for once. */
final class HubStock implements FileStock {

    /** Downloads a file. */
    interface Fetch {
        Path apply(RemoteFile file) throws IOException;
    }

    private final HubRepository repository;
    private final Fetch fetch;
    private final Map<String, Optional<RemoteFile>> known = new HashMap<>();

    HubStock(HubRepository repository, Fetch fetch) {
        this.repository = repository;
        this.fetch = fetch;
    }

    @Override
    public boolean has(String name) {
        return find(name).isPresent();
    }

    @Override
    public ShardIndex index(String name) throws IOException {
        return ShardIndex.read(fetch.apply(find(name).orElseThrow()));
    }

    /** Those files, which must be there. */
    List<RemoteFile> files(List<String> names) {
        return names.stream().map(name -> find(name).orElseThrow()).toList();
    }

    private Optional<RemoteFile> find(String name) {
        return known.computeIfAbsent(name, repository::file);
    }
}
