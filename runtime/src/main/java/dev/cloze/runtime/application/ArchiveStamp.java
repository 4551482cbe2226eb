package dev.cloze.runtime.application;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tells an archive from the one that was there before, or from a part of it.
 *
 * @param files by their names
 */
record ArchiveStamp(Map<String, FileStamp> files) {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveStamp.class);

    /** Either ties an archive together: before it is there, nothing can be opened. */
    private static final List<String> DESCRIPTIONS = List.of("manifest.json", "adapter_config.json");

    /** What changes when a file is replaced or written to. */
    record FileStamp(FileTime modified, long bytes, String key) {}

    /** Of a folder as it is now; nothing where it holds no archive, as in the moment in which a save replaces it. */
    static Optional<ArchiveStamp> of(Path archive) {
        Map<String, FileStamp> files = new HashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(archive, Files::isRegularFile)) {
            for (Path file : all) {
                BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
                files.put(
                        String.valueOf(file.getFileName()),
                        new FileStamp(of.lastModifiedTime(), of.size(), String.valueOf(of.fileKey())));
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.trace("{} can't be looked at", archive, e);
            return Optional.empty();
        }
        return DESCRIPTIONS.stream().anyMatch(files::containsKey)
                ? Optional.of(new ArchiveStamp(files))
                : Optional.empty();
    }
}
