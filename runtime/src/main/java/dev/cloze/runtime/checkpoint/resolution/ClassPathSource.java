package dev.cloze.runtime.checkpoint.resolution;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.ShardIndex;
import dev.cloze.runtime.checkpoint.config.ConfigFiles;
import dev.cloze.runtime.checkpoint.folder.FileStock;
import dev.cloze.runtime.checkpoint.folder.ModelFiles;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.ModelSource;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.folder.Place;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Models that are resources under {@code dev/cloze/models/NAME/}: used in place where they are files, unpacked once
 * into the cache where they are in a jar.
 */
final class ClassPathSource implements ModelSource {

    static final String ROOT = "dev/cloze/models/";

    private final ClassLoader classLoader;
    private final Path cache;

    ClassPathSource(ClassLoader classLoader, Path cache) {
        this.classLoader = classLoader;
        this.cache = cache;
    }

    @Override
    public Optional<ModelFolder> find(String name) {
        try {
            ModelFiles files = ModelFiles.of(new Resources(name));
            if (files.none()) {
                return Optional.empty();
            }
            if (files.needed().contains(ConfigFiles.MODEL)) {
                ModelFolder.requireSupported(name, config(name));
            }
            if (!files.complete()) {
                throw new ClozeException(
                        Problem.MODEL_INCOMPLETE,
                        "The class path has a part of the model \"" + name + "\" only: " + ROOT + name + "/ lacks "
                                + String.join(", ", files.missing()) + ".");
            }
            return Optional.of(new ModelFolder(name, folder(name, files), Origin.CLASS_PATH));
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    "The model \"" + name + "\" of the class path could not be unpacked into " + cache + ": "
                            + e.getMessage()
                            + ".\n  Is there space left, and may this user write there? Another folder can be set: -Dcloze.cache=DIR.",
                    e);
        }
    }

    @Override
    public List<Place> explain(String name) {
        @Nullable URL config = resource(name, ConfigFiles.MODEL);
        String location =
                config == null ? ROOT + name : config.toString().replaceFirst("/" + ConfigFiles.MODEL + "$", "");
        try {
            ModelFiles files = ModelFiles.of(new Resources(name));
            if (files.none()) {
                return List.of(new Place(Origin.CLASS_PATH, location, Place.State.ABSENT, "no such resource"));
            }
            return List.of(
                    files.complete()
                            ? new Place(Origin.CLASS_PATH, location, Place.State.FOUND, "complete")
                            : new Place(
                                    Origin.CLASS_PATH,
                                    location,
                                    Place.State.INCOMPLETE,
                                    "lacks " + String.join(", ", files.missing())));
        } catch (IOException | ClozeException e) {
            return List.of(
                    new Place(Origin.CLASS_PATH, location, Place.State.INCOMPLETE, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public List<String> names() {
        return ClassPathNames.under(classLoader, ROOT);
    }

    private Path folder(String name, ModelFiles files) throws IOException {
        URL config = Objects.requireNonNull(resource(name, ConfigFiles.MODEL));
        if (config.getProtocol().equals("file")) {
            return Objects.requireNonNull(Path.of(URI.create(config.toString())).getParent());
        }
        return new Unpacking(cache.resolve("models"), name).folder(files.needed(), file -> resource(name, file));
    }

    private JsonObject config(String name) throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(resource(name, ConfigFiles.MODEL)).openStream(), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader) instanceof JsonObject config ? config : new JsonObject();
        } catch (JsonParseException e) {
            return new JsonObject(); // whoever opens the model says what is wrong with it
        }
    }

    private @Nullable URL resource(String model, String file) {
        return classLoader.getResource(ROOT + model + "/" + file);
    }

    /** The resources of one model. */
    private final class Resources implements FileStock {
        private final String model;

        Resources(String model) {
            this.model = model;
        }

        @Override
        public boolean has(String name) {
            return resource(model, name) != null;
        }

        @Override
        public ShardIndex index(String name) throws IOException {
            URL url = Objects.requireNonNull(resource(model, name));
            try (var input = url.openStream()) {
                return ShardIndex.read(Path.of(name), input);
            }
        }
    }
}
