package dev.cloze.processor.vocabulary;

import com.google.gson.JsonParseException;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.problem.ClozeException;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.vocabulary.Vocabulary;
import dev.cloze.vocabulary.folder.TokenizerFolder;
import dev.cloze.vocabulary.folder.UserPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds a model's files: where its name says, if that is a whole path, or else in the folders of {@code -Acloze.models}, then in
 * the jars on the processor path.
 */
public final class BackboneFinder {

    /** The compiler option that names folders of models: {@code -Acloze.models=DIR[,DIR]}. */
    public static final String OPTION = "cloze.models";

    /** Where the jars of models have them. */
    private static final String IN_JARS = "dev/cloze/models/";

    /**
     * The outcome of a search: the model; or the type of one for which there is no backbone, whose tokenizer is not looked
     * at; or why its files cannot be read; or nothing of these, when there are none.
     */
    public record Search(Optional<Backbone> backbone, Optional<String> unsupported, Optional<String> unreadable) {

        private static final Search NOTHING = new Search(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private final List<String> folders;
    private final ClassLoader jars;
    private final Map<String, Search> searches = new HashMap<>();

    /** Finds in the folders of the option's value, if any, and in what the class loader sees. */
    public BackboneFinder(@Nullable String option, ClassLoader jars) {
        this.folders = option == null
                ? List.of()
                : Arrays.stream(option.split(","))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList();
        this.jars = jars;
    }

    /** The model of this name; each is read once. */
    public Search find(String name) {
        return searches.computeIfAbsent(name, this::search);
    }

    /** The model of a task; nothing where its method uses none, whatever the task names. */
    public Optional<Backbone> of(TaskModel task) {
        boolean used = task.method().map(MethodTraits::hasBackbone).orElse(true);
        return used ? find(task.tuning().backbone().value()).backbone() : Optional.empty();
    }

    /** A line on where models were looked for, to be read when one was not found; empty without folders. */
    public String lookedIn() {
        List<String> lines = new ArrayList<>();
        for (String folder : folders) {
            lines.add(isFolder(folder) ? folder : folder + " (no such folder)");
        }
        return lines.isEmpty() ? "" : "Looked in " + String.join(", ", lines) + ".";
    }

    /** The models in the folders, by name, to suggest from. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (String folder : folders) {
            if (isFolder(folder)) {
                try (var children = Files.list(UserPath.of(folder))) {
                    children.filter(TokenizerFolder::isIn)
                            .forEach(child -> names.add(child.getFileName().toString()));
                } catch (IOException e) {
                    // Only a suggestion is lost; that the folder cannot be listed is no fault of the task.
                    continue;
                }
            }
        }
        return names;
    }

    /** Whether the name is itself the place of a folder, from wherever the compiler runs. */
    public static boolean isPlace(String name) {
        try {
            return UserPath.of(name).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private List<Path> places(String name) {
        return isPlace(name)
                ? List.of(UserPath.of(name))
                : folders.stream()
                        .map(folder -> UserPath.of(folder).resolve(name))
                        .toList();
    }

    private Search search(String name) {
        try {
            for (Path model : places(name)) {
                Search found = search(
                        name, config(stream(model)), TokenizerFolder.isIn(model), () -> TokenizerFolder.open(model));
                if (!found.equals(Search.NOTHING)) {
                    return found;
                }
            }
            String root = IN_JARS + name;
            InputStream config = jars.getResourceAsStream(root + "/config.json");
            return search(
                    name, config(config), TokenizerFolder.isIn(jars, root), () -> TokenizerFolder.open(jars, root));
        } catch (ClozeException | IOException | InvalidPathException | JsonParseException e) {
            return new Search(Optional.empty(), Optional.empty(), Optional.of(firstLine(e)));
        }
    }

    /** The tokenizer is only looked at where the type is none that has no backbone. */
    private static Search search(
            String name, ModelConfig config, boolean hasTokenizer, Supplier<TokenizerFolder> tokenizer) {
        Optional<String> unsupported =
                config.modelType().filter(type -> Architecture.of(type).isEmpty());
        if (unsupported.isPresent()) {
            return new Search(Optional.empty(), unsupported, Optional.empty());
        }
        if (!hasTokenizer) {
            return Search.NOTHING;
        }
        Vocabulary vocabulary = tokenizer.get().vocabulary();
        Backbone backbone = new Backbone(name, vocabulary, config.modelType(), config.longestInput(), config.rows());
        return new Search(Optional.of(backbone), Optional.empty(), Optional.empty());
    }

    private static ModelConfig config(@Nullable InputStream json) throws IOException {
        if (json == null) {
            return ModelConfig.UNKNOWN;
        }
        try (Reader reader = new InputStreamReader(json, StandardCharsets.UTF_8)) {
            return ModelConfig.read(reader);
        }
    }

    private static @Nullable InputStream stream(Path model) throws IOException {
        Path config = model.resolve("config.json");
        return Files.exists(config) ? Files.newInputStream(config) : null;
    }

    private static boolean isFolder(String folder) {
        try {
            return Files.isDirectory(UserPath.of(folder));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }
}
