package dev.cloze.runtime.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** The size and checksum of a file, to tell whether it is still what it was. */
public record FileSum(long bytes, long crc32c) {

    /**
     * Those of all files beneath a folder, in a fixed order.
     *
     * @param base what their paths are told from, with slashes
     */
    public static Map<String, FileSum> ofAll(Path base, Path folder) throws IOException {
        Map<String, FileSum> sums = new LinkedHashMap<>();
        for (Path file : DurableFiles.filesBeneath(folder)) {
            sums.put(base.relativize(file).toString().replace('\\', '/'), of(file));
        }
        return sums;
    }

    private static FileSum of(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                // The stream sums what is read.
            }
        }
        return new FileSum(Files.size(file), crc.getValue());
    }
}
