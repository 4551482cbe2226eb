package dev.cloze.testkit.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder of data and models that may lie beside the repository. */
public final class SharedFolder {

    /** What a test says that is skipped for want of the data. */
    public static final String MISSING =
            "The folder shared/data is not beside the repository; name another with -Dcloze.shared or CLOZE_SHARED.";

    private SharedFolder() {}

    /**
     * The data sets' folder, if it is there: {@code data} in what the system property {@code cloze.shared} or the variable
     * {@code CLOZE_SHARED} names, or else in {@code shared} beside the repository.
     */
    public static Optional<Path> data() {
        return named(System.getProperty("cloze.shared"))
                .or(() -> named(System.getenv("CLOZE_SHARED")))
                .or(SharedFolder::besideRepository)
                .map(shared -> shared.resolve("data"))
                .filter(Files::isDirectory);
    }

    private static Optional<Path> named(@Nullable String folder) {
        return Optional.ofNullable(folder).filter(name -> !name.isBlank()).map(Path::of);
    }

    private static Optional<Path> besideRepository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return Optional.ofNullable(folder).map(root -> root.resolveSibling("shared"));
    }
}
