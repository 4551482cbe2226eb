package dev.cloze.runtime.checkpoint;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.Damaged;
import dev.cloze.runtime.checkpoint.tensor.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens the shards an index names and checks that each tensor is where the index says. */
public final class ShardedCheckpoint {

    private ShardedCheckpoint() {}

    static Checkpoint open(Path indexFile) {
        ShardIndex index = read(indexFile);
        checkShardsThere(indexFile, index);
        Map<String, WeightsFile> shards = new HashMap<>();
        try {
            for (String shard : index.shards()) {
                shards.put(shard, Checkpoint.openWeights(indexFile.resolveSibling(shard)));
            }
            Map<String, WeightsFile> fileOf = new HashMap<>();
            index.shardOf().forEach((name, shard) -> fileOf.put(name, holding(indexFile, name, shard, shards)));
            return new Checkpoint(indexFile, new ArrayList<>(shards.values()), fileOf);
        } catch (RuntimeException e) {
            Checkpoint.closeAll(List.copyOf(shards.values()));
            throw e;
        }
    }

    /** Reads an index; CHECKPOINT_CORRUPT if it cannot be read. */
    public static ShardIndex read(Path indexFile) {
        try {
            return ShardIndex.read(indexFile);
        } catch (IOException e) {
            throw Damaged.file(indexFile, "it cannot be read (" + e + ")", e);
        }
    }

    private static WeightsFile holding(Path index, String name, String shard, Map<String, WeightsFile> shards) {
        WeightsFile file = shards.get(shard);
        if (file == null || !file.names().contains(name)) {
            throw Damaged.file(index, "it says that \"" + name + "\" is in " + shard + ", which has no such tensor");
        }
        return file;
    }

    private static void checkShardsThere(Path indexFile, ShardIndex index) {
        List<String> missing = index.shards().stream()
                .filter(shard -> !Files.isRegularFile(indexFile.resolveSibling(shard)))
                .toList();
        if (!missing.isEmpty()) {
            throw new ClozeException(
                    Problem.MODEL_INCOMPLETE,
                    "The checkpoint " + indexFile + " lacks " + missing.size() + " of its "
                            + index.shards().size() + " files: " + String.join(", ", missing) + ".\n  "
                            + "Fetch them into the same folder.");
        }
    }
}
