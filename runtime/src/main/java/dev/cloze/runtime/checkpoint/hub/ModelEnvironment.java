package dev.cloze.runtime.checkpoint.hub;

import dev.cloze.runtime.engine.Network;
import dev.cloze.vocabulary.folder.UserPath;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where models are looked for and how the hub is reached.
 *
 * @param modelFolders folders that hold a folder for each model
 * @param classLoader whose resources may hold models
 * @param cache where Cloze keeps what it unpacks
 * @param hubCache the Hugging Face cache
 * @param endpoint the hub's address
 * @param token the user's access token for the hub, if there is one
 * @param offlineBecause the setting that forbids downloads, or null if they are allowed
 * @param proxies those of the variables, which count where Java's own settings say nothing
 */
public record ModelEnvironment(
        List<Path> modelFolders,
        ClassLoader classLoader,
        Path cache,
        Path hubCache,
        URI endpoint,
        @Nullable String token,
        @Nullable String offlineBecause,
        ProxyVariables proxies) {

    private static final String HUB = "https://huggingface.co";

    /** Copies the list. */
    public ModelEnvironment {
        modelFolders = List.copyOf(modelFolders);
    }

    /** One that names no proxies. */
    public ModelEnvironment(
            List<Path> modelFolders,
            ClassLoader classLoader,
            Path cache,
            Path hubCache,
            URI endpoint,
            @Nullable String token,
            @Nullable String offlineBecause) {
        this(modelFolders, classLoader, cache, hubCache, endpoint, token, offlineBecause, ProxyVariables.NONE);
    }

    /** The same without downloads, by that setting. */
    public ModelEnvironment offline(String because) {
        return new ModelEnvironment(modelFolders, classLoader, cache, hubCache, endpoint, token, because, proxies);
    }

    /** The same through these proxies. */
    public ModelEnvironment through(ProxyVariables others) {
        return new ModelEnvironment(
                modelFolders, classLoader, cache, hubCache, endpoint, token, offlineBecause, others);
    }

    /**
     * The environment of this process: the system properties {@code cloze.models}, {@code cloze.cache} and
     * {@code cloze.offline}, the variables {@code CLOZE_MODELS}, {@code CLOZE_CACHE}, {@code CLOZE_OFFLINE}, and those
     * of Hugging Face: {@code HF_HOME}, {@code HF_HUB_CACHE}, {@code HF_ENDPOINT}, {@code HF_TOKEN}, {@code HF_TOKEN_PATH},
     * {@code HF_HUB_OFFLINE}, {@code TRANSFORMERS_OFFLINE}, and the older {@code HUGGINGFACE_HUB_CACHE} and
     * {@code HUGGING_FACE_HUB_TOKEN}, and the variables of {@link ProxyVariables}. In all paths {@code ~/} is the user's home folder.
     */
    public static ModelEnvironment system() {
        return of(System.getenv(), System.getProperties());
    }

    static ModelEnvironment of(Map<String, String> variables, Properties properties) {
        Settings settings = new Settings(variables, properties);
        Path home = settings.hubHome();
        return new ModelEnvironment(
                settings.modelFolders(),
                contextLoader(),
                settings.first("cloze.cache", "CLOZE_CACHE")
                        .map(settings::path)
                        .orElse(settings.userCache().resolve("cloze")),
                settings.variable("HF_HUB_CACHE")
                        .or(() -> settings.variable("HUGGINGFACE_HUB_CACHE"))
                        .map(settings::path)
                        .orElse(home.resolve("hub")),
                address(settings.variable("HF_ENDPOINT").orElse(HUB).replaceAll("/+$", "")),
                settings.variable("HF_TOKEN")
                        .or(() -> settings.variable("HUGGING_FACE_HUB_TOKEN"))
                        .or(() -> storedToken(settings.tokenFile()))
                        .orElse(null),
                Network.forbiddenBy(variables, properties).orElse(null),
                ProxyVariables.of(variables));
    }

    /** Whether nothing may be downloaded. */
    public boolean offline() {
        return offlineBecause != null;
    }

    /** What is no address at all becomes a path, which the download refuses; models on this machine need no hub. */
    private static URI address(String endpoint) {
        try {
            return new URI(endpoint);
        } catch (URISyntaxException e) {
            return new File(endpoint).toURI();
        }
    }

    /** The loader of the thread, unless it has never heard of Cloze. */
    private static ClassLoader contextLoader() {
        ClassLoader own = ModelEnvironment.class.getClassLoader();
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        String itself = ModelEnvironment.class.getName().replace('.', '/') + ".class";
        return ofThread != null && ofThread.getResource(itself) != null ? ofThread : own;
    }

    /** What {@code hf auth login} left. */
    private static Optional<String> storedToken(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Variables and properties, of which empty ones count as not set. */
    private record Settings(Map<String, String> variables, Properties properties) {

        Optional<String> variable(String name) {
            return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
        }

        Optional<String> property(String name) {
            return Optional.ofNullable(properties.getProperty(name)).filter(value -> !value.isBlank());
        }

        Optional<String> first(String property, String variable) {
            return property(property).or(() -> variable(variable));
        }

        List<Path> modelFolders() {
            return first("cloze.models", "CLOZE_MODELS").stream()
                    .flatMap(list -> Arrays.stream(list.split("[," + File.pathSeparator + "]")))
                    .filter(folder -> !folder.isBlank())
                    .map(folder -> path(folder.strip()))
                    .toList();
        }

        Path path(String written) {
            return UserPath.of(written, properties.getProperty("user.home", "."));
        }

        Path userCache() {
            return variable("XDG_CACHE_HOME").map(this::path).orElseGet(() -> path("~/.cache"));
        }

        Path hubHome() {
            return variable("HF_HOME").map(this::path).orElseGet(() -> userCache()
                    .resolve("huggingface"));
        }

        Path tokenFile() {
            return variable("HF_TOKEN_PATH").map(this::path).orElseGet(() -> hubHome()
                    .resolve("token"));
        }
    }
}
