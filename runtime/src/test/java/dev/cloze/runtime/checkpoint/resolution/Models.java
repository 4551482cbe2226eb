package dev.cloze.runtime.checkpoint.resolution;

import dev.cloze.runtime.checkpoint.Fixtures;
import dev.cloze.runtime.checkpoint.hub.ModelEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;

/** Small model folders, jars of models, and environments that see only those. */
public final class Models {

    private Models() {}

    /** The files of a whole model. */
    public static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("config.json", "{\"model_type\": \"bert\"}".getBytes(StandardCharsets.UTF_8));
        files.put("tokenizer.json", tokenizer(0));
        files.put("model.safetensors", Files.readAllBytes(Fixtures.path("all-types.safetensors")));
        return files;
    }

    /** A tokenizer.json of that many bytes at least. */
    public static byte[] tokenizer(int size) {
        String json = "{\"version\": \"1.0\", \"model\": {\"type\": \"WordPiece\", \"unk_token\": \"[UNK]\","
                + " \"vocab\": {\"[UNK]\": 0, \"good\": 1}}";
        return (json + " ".repeat(Math.max(0, size - json.length() - 1)) + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a whole model. */
    public static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var file : files().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    /** Writes a model as the Hugging Face libraries keep it, its files links to blobs. */
    public static Path writeHubCache(Path cache, String folder) throws IOException {
        Path model = cache.resolve(folder);
        Path snapshot = Files.createDirectories(model.resolve("snapshots/0123abcd"));
        Files.createDirectories(model.resolve("blobs"));
        Files.createDirectories(model.resolve("refs"));
        for (var file : files().entrySet()) {
            Files.write(model.resolve("blobs/of-" + file.getKey()), file.getValue());
            Files.createSymbolicLink(snapshot.resolve(file.getKey()), Path.of("../../blobs/of-" + file.getKey()));
        }
        Files.writeString(model.resolve("refs/main"), "0123abcd");
        return snapshot;
    }

    /** A jar that holds these files as the model of this name. */
    public static Path jar(Path jar, String model, Map<String, byte[]> files) throws IOException {
        try (OutputStream output = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(output)) {
            entries.putNextEntry(new JarEntry("dev/"));
            entries.putNextEntry(new JarEntry("dev/cloze/"));
            entries.putNextEntry(new JarEntry(ClassPathSource.ROOT));
            for (var file : files.entrySet()) {
                entries.putNextEntry(new JarEntry(ClassPathSource.ROOT + model + "/" + file.getKey()));
                entries.write(file.getValue());
            }
        }
        return jar;
    }

    /** A class loader that sees only this. */
    public static ClassLoader loader(Path... places) throws IOException {
        URL[] urls = new URL[places.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        return new URLClassLoader(urls, null);
    }

    /** An environment below one folder: {@code models}, {@code cache}, {@code hub}; offline if a reason is given. */
    public static ModelEnvironment environment(Path root, ClassLoader loader, @Nullable String offlineBecause) {
        return new ModelEnvironment(
                List.of(root.resolve("models")),
                loader,
                root.resolve("cache"),
                root.resolve("hub"),
                URI.create("http://127.0.0.1:9"),
                null,
                offlineBecause);
    }
}
