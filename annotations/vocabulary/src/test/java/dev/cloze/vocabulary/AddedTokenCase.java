package dev.cloze.vocabulary;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A case of make_added_tokens.py: a folder made of another, and the ids that transformers gives texts with it. */
public record AddedTokenCase(String name, Path root, JsonObject json) {

    /** Of SentencePiece models transformers 5 makes other tokenizers than 4 did; we follow 4. */
    private static final Set<String> OF_VERSION_4_ONLY = Set.of("t5", "albert", "xlm-roberta", "llama-legacy");

    private static final Set<String> OF_TESTS =
            Set.of("expected.json", "settings.json", "sentinels.json", "continued.json");

    /** All cases in the folder of test tokenizers. */
    public static List<AddedTokenCase> all(Path tokenizers) throws IOException {
        try (Stream<Path> files = Files.list(tokenizers.resolve("added"))) {
            return files.sorted()
                    .map(file -> new AddedTokenCase(
                            file.getFileName().toString().replace(".json", ""),
                            tokenizers,
                            JsonParser.parseString(Fixtures.text(file)).getAsJsonObject()))
                    .toList();
        }
    }

    /** Lays the folder out. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> base = Files.list(root.resolve(json.get("base").getAsString()))) {
            for (Path file : base.toList()) {
                String named = file.getFileName().toString();
                if (named.endsWith(".gz")) {
                    try (GZIPInputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
                        Files.write(folder.resolve(named.replace(".gz", "")), packed.readAllBytes());
                    }
                } else if (!OF_TESTS.contains(named)) {
                    Files.copy(file, folder.resolve(named));
                }
            }
        }
        for (Map.Entry<String, JsonElement> file : json.getAsJsonObject("files").entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue().toString());
        }
        JsonArray added = json.getAsJsonArray("added");
        if (!added.isEmpty()) {
            Path file = folder.resolve("tokenizer.json");
            JsonObject tokenizer = JsonParser.parseString(Fixtures.text(file)).getAsJsonObject();
            tokenizer.getAsJsonArray("added_tokens").addAll(added);
            Files.writeString(file, tokenizer.toString());
        }
        return folder;
    }

    /** The texts, with the ids by each version of transformers that we follow there. */
    public Map<String, List<List<Integer>>> expected() {
        Map<String, List<List<Integer>>> expected = new LinkedHashMap<>();
        json.getAsJsonObject("expected").asMap().forEach((version, texts) -> {
            if (version.startsWith("4.") || !OF_VERSION_4_ONLY.contains(name)) {
                texts.getAsJsonObject().asMap().forEach((text, ids) -> expected.computeIfAbsent(
                                text, key -> new java.util.ArrayList<>())
                        .add(ids.getAsJsonArray().asList().stream()
                                .map(JsonElement::getAsInt)
                                .toList()));
            }
        });
        return expected;
    }

    @Override
    public String toString() {
        return name;
    }
}
