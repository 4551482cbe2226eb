package dev.cloze.runtime.checkpoint.hub;

import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Downloads one file into the cache's folder of blobs. It grows under {@code NAME.incomplete}, from where a later try
 * goes on, and gets its name when its content has been checked.
 */
final class BlobDownload {

    /** Opens a file for writing at its end; tests put a small disk in its place. */
    interface Disk {
        OutputStream append(Path file) throws IOException;
    }

    static final Disk REAL_DISK = file -> new FileOutputStream(file.toFile(), true);

    /** Bytes of a file whose size the hub does not tell, as hubs do of small ones only. */
    private static final long MOST_UNANNOUNCED = 1L << 30;

    private final HubClient client;
    private final Patience patience;
    private final HubProblems problems;
    private final Disk disk;
    private final DownloadProgress progress;

    BlobDownload(HubClient client, Patience patience, HubProblems problems, Disk disk, DownloadProgress progress) {
        this.client = client;
        this.patience = patience;
        this.problems = problems;
        this.disk = disk;
        this.progress = progress;
    }

    /** The finished blob; those of MODEL_DOWNLOAD_FAILED, MODEL_DOWNLOAD_REFUSED, MODEL_CHECKSUM, DISK_WRITE otherwise. */
    Path into(Path blobs, RemoteFile file) throws IOException {
        Path blob = blobs.resolve(file.blobName());
        if (Files.isRegularFile(blob) && (file.size() < 0 || Files.size(blob) == file.size())) {
            progress.add(Files.size(blob));
            return blob;
        }
        Path incomplete = blobs.resolve(file.blobName() + ".incomplete");
        boolean resumed = Files.exists(incomplete) && Files.size(incomplete) > 0;
        progress.add(resumed ? Files.size(incomplete) : 0);
        fetch(file, incomplete);
        if (!file.matches(incomplete) && resumed) {
            // What an earlier try left may have been of another version: once more, from the start.
            discard(incomplete);
            fetch(file, incomplete);
        }
        if (!file.matches(incomplete)) {
            discard(incomplete);
            throw problems.checksum(file);
        }
        Files.move(incomplete, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return blob;
    }

    private void discard(Path incomplete) throws IOException {
        progress.add(-Files.size(incomplete));
        Files.deleteIfExists(incomplete);
    }

    private void fetch(RemoteFile file, Path incomplete) throws IOException {
        Attempts attempts = new Attempts(patience, problems);
        attempts.startAt(Files.exists(incomplete) ? Files.size(incomplete) : 0);
        attempts.run(() -> {
            long had = Files.exists(incomplete) ? Files.size(incomplete) : 0;
            if (file.size() >= 0 && had > file.size()) {
                discard(incomplete);
                had = 0;
            }
            if (had == 0 || had != file.size()) {
                transfer(file, incomplete, had, attempts);
            }
            return file;
        });
    }

    private void transfer(RemoteFile file, Path incomplete, long had, Attempts attempts) throws IOException {
        HttpResponse<InputStream> response = client.get(file.address(), had, file.validator());
        try (InputStream body = new WatchedInput(response.body(), patience.silence())) {
            switch (response.statusCode()) {
                case 200 -> {
                    if (had > 0) {
                        discard(incomplete);
                    }
                }
                case 206 -> checkRange(response, had);
                case 401, 403 -> throw problems.refused(response.statusCode(), "");
                case 416 -> {
                    discard(incomplete);
                    throw new IOException("the hub does not know the part that is missing");
                }
                default -> throw problems.strange(response.statusCode(), "a request for " + file.name());
            }
            copy(body, file, incomplete, attempts);
        }
        if (file.size() >= 0 && Files.size(incomplete) < file.size()) {
            throw new EOFException("it ended after " + Files.size(incomplete) + " of " + file.size() + " bytes");
        }
    }

    private static void checkRange(HttpResponse<?> response, long from) throws IOException {
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (!range.startsWith("bytes " + from + "-")) {
            throw new IOException("asked for the bytes from " + from + ", the hub sent \"" + range + "\"");
        }
    }

    /** Takes no more than was announced: a body may go on for ever. */
    private void copy(InputStream body, RemoteFile file, Path incomplete, Attempts attempts) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long position = Files.exists(incomplete) ? Files.size(incomplete) : 0;
        long most = file.size() < 0 ? MOST_UNANNOUNCED : file.size();
        try (OutputStream output = open(incomplete)) {
            for (int count = body.read(buffer); count >= 0 && position < most; count = body.read(buffer)) {
                count = (int) Math.min(count, most - position);
                write(output, buffer, count, incomplete);
                progress.add(count);
                position += count;
                attempts.progressed(position);
            }
        }
        if (file.size() < 0 && position == most) {
            discard(incomplete);
            throw problems.unannounced(file, most);
        }
    }

    private OutputStream open(Path incomplete) {
        try {
            return disk.append(incomplete);
        } catch (IOException e) {
            throw problems.disk(incomplete, e);
        }
    }

    /** A disk that is full must not look like a connection that failed. */
    private void write(OutputStream output, byte[] buffer, int count, Path incomplete) {
        try {
            output.write(buffer, 0, count);
        } catch (IOException e) {
            throw problems.disk(incomplete, e);
        }
    }
}
