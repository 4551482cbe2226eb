package dev.cloze.runtime.checkpoint.folder;

import dev.cloze.runtime.checkpoint.ShardIndex;
import java.io.IOException;
import java.nio.file.Path;

/** A place that may hold a model's files: a folder, a jar, the hub. */
public interface FileStock {

    /** Whether it has a file of this name. */
    boolean has(String name);

    /** The shards that its index of this name lists. */
    ShardIndex index(String name) throws IOException;

    /** The files of a folder. */
    static FileStock of(Path folder) {
        return new FileStock() {
            @Override
            public boolean has(String name) {
                return java.nio.file.Files.isRegularFile(folder.resolve(name));
            }

            @Override
            public ShardIndex index(String name) throws IOException {
                return ShardIndex.read(folder.resolve(name));
            }
        };
    }
}
