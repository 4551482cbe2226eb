package dev.cloze.runtime.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.cloze.runtime.checkpoint.file.Damaged;
import dev.cloze.runtime.checkpoint.file.JsonFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which file each tensor of a sharded checkpoint lies in ({@code model.safetensors.index.json}).
 *
 * @param shardOf the file name of each tensor's shard, in the index's folder
 */
public record ShardIndex(Map<String, String> shardOf) {

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /** Reads an index; a shard outside the index's own folder is refused. */
    public static ShardIndex read(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            if (Files.size(file) > JsonFile.SMALL) {
                throw Damaged.file(
                        file, "it has " + Files.size(file) + " bytes, and an index has fewer than " + JsonFile.SMALL);
            }
            return read(file, input);
        }
    }

    /** The same from a stream; the file is for messages. */
    public static ShardIndex read(Path file, InputStream input) throws IOException {
        try {
            Reader reader = new InputStreamReader(input, StandardCharsets.UTF_8.newDecoder());
            return of(file, JsonParser.parseReader(reader));
        } catch (JsonParseException | IllegalStateException e) {
            throw Damaged.file(file, "it is not the JSON of a shard index", e);
        }
    }

    private static ShardIndex of(Path file, JsonElement json) {
        Map<String, String> shardOf = new LinkedHashMap<>();
        if (!json.isJsonObject() || !(json.getAsJsonObject().get("weight_map") instanceof JsonObject weights)) {
            throw Damaged.file(file, "it has no \"weight_map\"");
        }
        for (Map.Entry<String, JsonElement> weight : weights.entrySet()) {
            if (!weight.getValue().isJsonPrimitive()) {
                throw Damaged.file(file, "the shard of \"" + weight.getKey() + "\" is not a file name");
            }
            String shard = weight.getValue().getAsString();
            if (!FILE_NAME.matcher(shard).matches()) {
                throw Damaged.file(
                        file,
                        "it looks for \"" + weight.getKey() + "\" in \"" + shard
                                + "\", which is not in its own folder");
            }
            shardOf.put(weight.getKey(), shard);
        }
        refuseNamesAlike(file, new LinkedHashSet<>(shardOf.values()));
        return new ShardIndex(shardOf);
    }

    /** Names that differ by case alone are two files on one disk and the same file on another. */
    private static void refuseNamesAlike(Path file, Set<String> shards) {
        Map<String, String> seen = new HashMap<>();
        for (String shard : shards) {
            String other = seen.put(shard.toLowerCase(Locale.ROOT), shard);
            if (other != null) {
                throw Damaged.file(
                        file, "it names \"" + other + "\" and \"" + shard + "\", which differ by case alone");
            }
        }
    }

    /** The names of the shards, each once. */
    public Set<String> shards() {
        return new LinkedHashSet<>(shardOf.values());
    }
}
