package dev.cloze.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The smallest inputs that once got through, by campaign; {@code findings} of a run belong here once they are mended. */
final class Corpus {

    static final Path FOLDER = Path.of("src/test/resources/fuzz");

    private Corpus() {}

    static List<Path> of(Campaign campaign) throws IOException {
        Path folder = FOLDER.resolve(campaign.folder());
        return Files.isDirectory(folder) ? Campaign.files(folder, ".*") : List.of();
    }

    /** A seed and what lies beside it, so that readers of folders have the other files. */
    static void copyFolder(Path seed, Path to) throws IOException {
        try (Stream<Path> old = Files.list(to)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(seed.toAbsolutePath().getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
